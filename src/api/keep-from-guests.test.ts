import { expect, test } from "vitest";
import fastify from "fastify";
import { keepFromGuests } from "./keep-from-guests.ts";
import type { GuestAccess } from "./permissions.ts";

async function keptOf(guests: GuestAccess, path: string): Promise<unknown> {
  const app = fastify();
  app.addHook("onSend", keepFromGuests(guests));
  for (const route of ["/api/v1/blocks/:block", "/api/v1/insights/:id"])
    app.get(route, (_, reply) => reply.header("cache-control", "public, max-age=60").send({}));
  return (await app.inject(path)).headers["cache-control"];
}

test.each([
  ["all", "/api/v1/blocks/1", "public, max-age=60"],
  ["feed", "/api/v1/blocks/1", "private, max-age=60"],
  ["feed", "/api/v1/insights/a", "public, max-age=60"],
  ["nothing", "/api/v1/insights/a", "private, max-age=60"],
] as const)("where guests may read %s, %s is kept as %s", async (guests, path, kept) => {
  expect(await keptOf(guests, path)).toBe(kept);
});
