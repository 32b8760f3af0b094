import { expect, test } from "vitest";
import type { Insight } from "#insights";
import { ChatServer } from "../../test/helpers/chat-server.ts";
import { INSIGHTS } from "../../test/helpers/verifier/texts.ts";
import { parseModelName } from "./model-name.ts";
import { openModel } from "./open-model.ts";
import { wordInsight } from "./word-insight.ts";

const server = await ChatServer.start();
const [insight] = INSIGHTS as readonly [Insight];

test("a model's own name may hold colons and slashes", () => {
  expect(parseModelName("compatible:llama3.1:8b")).toEqual({ provider: "compatible", model: "llama3.1:8b" });
  expect(parseModelName("openai:org/gpt")).toEqual({ provider: "openai", model: "org/gpt" });
});

test.each([
  [{ name: "gpt-5" }, "LANGUAGE_MODEL_NAME"],
  [{ name: "openai:" }, "LANGUAGE_MODEL_NAME"],
  [{ name: "acme:large" }, "LANGUAGE_MODEL_NAME"],
  [{ name: "compatible:large" }, "LANGUAGE_NO_URL"],
  [{ name: "compatible:large", url: "localhost:11434" }, "LANGUAGE_MODEL_URL"],
  [{ name: "openai:gpt-5" }, "LANGUAGE_NO_KEY"],
  [{ name: "anthropic:claude" }, "LANGUAGE_NO_KEY"],
  [{ name: "google:gemini" }, "LANGUAGE_NO_KEY"],
  [{ name: "xai:grok" }, "LANGUAGE_NO_KEY"],
])("%o is refused before anybody is asked", async (options, code) => {
  await expect(openModel({ url: undefined, key: undefined, timeoutMs: 1_000, ...options })).rejects.toMatchObject({
    code,
  });
});

test.each([
  ["openai:gpt-5-mini", "/responses", "authorization"],
  ["anthropic:claude-haiku-4-5", "/messages", "x-api-key"],
  ["google:gemini-2.5-flash", "/models/gemini-2.5-flash:generateContent", "x-goog-api-key"],
  ["xai:grok-4", "/responses", "authorization"],
])("%s is asked at its own address with its own key and a schema", async (name, path, header) => {
  server.asked.length = 0;
  server.reply = () => ({ status: 503 });
  const model = await openModel({ name, url: server.url, key: "secret", timeoutMs: 5_000 });
  expect(model.name).toBe(name);
  expect(await wordInsight(insight, model, new AbortController().signal)).toMatchObject({
    outcome: "failed",
    reason: "the server answers with HTTP 503",
  });
  expect(server.asked).toHaveLength(1);
  const [asked] = server.asked;
  expect(asked?.path).toBe(`/v1${path}`);
  expect(asked?.headers[header]).toMatch(/secret$/);
  expect(asked?.body).toContain('"summary"');
  expect(asked?.body).toContain(JSON.stringify(insight.evidence.rule).slice(1, -1));
});
