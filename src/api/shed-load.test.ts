import fastify from "fastify";
import { expect, test } from "vitest";
import type { App } from "./app-types.ts";
import { shedLoad } from "./shed-load.ts";

test("a process that cannot keep up says so at once, but always tells that it lives", async () => {
  const app = fastify() as unknown as App;
  await shedLoad(app, 20, 1_000);
  for (const path of ["/livez", "/api/v1/tip"]) app.get(path, () => "answered");
  await app.ready();
  expect((await app.inject("/api/v1/tip")).statusCode).toBe(200);
  const busy = setInterval(() => {
    const end = performance.now() + 60;
    while (performance.now() < end);
  }, 1);
  await expect
    .poll(async () => (await app.inject("/api/v1/tip")).json(), { timeout: 10_000 })
    .toMatchObject({
      code: "API_OVERLOADED",
    });
  expect((await app.inject("/api/v1/tip")).headers["retry-after"]).toBe("5");
  expect((await app.inject("/livez")).body).toBe("answered");
  clearInterval(busy);
  await expect.poll(async () => (await app.inject("/api/v1/tip")).body, { timeout: 10_000 }).toBe("answered");
  await app.close();
});
