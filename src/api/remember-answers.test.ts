import fastify from "fastify";
import { expect, test } from "vitest";
import { AppError, createLogger } from "#lib";
import { cache } from "#store";
import type { App } from "./app-types.ts";
import { keepAnswers } from "./keep-answers.ts";
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

test("what has to be that of now is read once for all who ask meanwhile, and then anew", async () => {
  const answers = cache.openAnswerCache({ prefix: "test", logger: createLogger(undefined, "silent") });
  let asked = 0;
  const reading = Promise.withResolvers<void>();
  const app = fastify() as unknown as App;
  keepAnswers(app);
  rememberAnswers(app, answers, () => 7);
  app.get("/api/v1/tip", { config: { remembered: "while it is read" } }, async (_request, reply) => {
    asked += 1;
    await reading.promise;
    void reply.header("cache-control", "public, max-age=60");
    return { umlaut: "ä", asked };
  });
  const ask = (headers = {}) => app.inject({ url: "/api/v1/tip", headers });
  const all = [ask(), ask(), ask()];
  await expect.poll(() => asked).toBe(1);
  reading.resolve();
  for (const { body, headers } of await Promise.all(all)) {
    expect(body).toBe('{"umlaut":"ä","asked":1}');
    expect(headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "content-length": "25",
      "cache-control": "public, max-age=60",
    });
  }
  const { body, headers } = await ask();
  expect(body).toBe('{"umlaut":"ä","asked":2}');
  asked = 1;
  expect(await ask({ "if-none-match": headers.etag })).toMatchObject({ statusCode: 304, body: "" });
  await app.close();
});
