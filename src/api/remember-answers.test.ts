import fastify from "fastify";
import { expect, test } from "vitest";
import { AppError, createLogger } from "#lib";
import { cache } from "#store";
import type { App } from "./app-types.ts";
import { rememberAnswers } from "./remember-answers.ts";

test("a route that says so answers as before until an event comes, to the same question alone", async () => {
  const answers = cache.openAnswerCache({ prefix: "test", logger: createLogger(undefined, "silent") });
  let lastEventId = 7;
  let asked = 0;
  const app = fastify() as unknown as App;
  rememberAnswers(app, answers, () => lastEventId);
  app.get("/kept", { config: { remembered: "until the next event" } }, () => ({ asked: ++asked }));
  app.get("/fresh", () => ({ asked: ++asked }));
  app.get("/refused", { config: { remembered: "for a moment" } }, () => {
    throw new AppError("API_NOT_READY", `asked ${++asked} times`);
  });
  const ask = async (url: string): Promise<string> => (await app.inject({ url })).body;
  const first = await ask("/kept?a=1");
  expect(first).toBe('{"asked":1}');
  expect(await ask("/kept?a=1")).toBe(first);
  expect(await ask("/kept?a=2")).toBe('{"asked":2}');
  lastEventId = 8;
  expect(await ask("/kept?a=1")).toBe('{"asked":3}');
  expect([await ask("/fresh"), await ask("/fresh")]).toEqual(['{"asked":4}', '{"asked":5}']);
  expect(await ask("/refused")).toContain("asked 6 times");
  expect(await ask("/refused")).toContain("asked 7 times");
  await app.close();
});
