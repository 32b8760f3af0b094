import type { FastifyReply, FastifyRequest } from "fastify";
import type { App } from "./app-types.ts";
import { tellETag } from "./etag.ts";
import { permissionOf } from "./permissions.ts";

/**
 * How an answer may be kept.
 * - `named`: it has an ETag, by which whoever kept it asks whether it still holds; for a while without asking, where the
 *   route says so
 * - `never`: it is somebody's own, of this moment alone, or has a word in it that no other answer may have
 */
export type Keeping = "named" | "never";

/** Where it does not follow from the permission: what is of the chain is the same for all who may read it. */
const OTHERWISE: Readonly<Record<string, Keeping>> = {
  "GET /api/v1/openapi.json": "named",
  "GET /.well-known/jwks.json": "named",
  "GET /favicon.svg": "named",
  "GET /assets/*": "named",
  "GET /briefs": "never",
  "GET /briefs/:date": "never",
  "GET /api/v1/briefs/:date.html": "never",
  "GET /api/v1/insights/export": "never",
  "GET /api/v1/transactions/:txid/lookup": "never",
  "GET /api/v1/events": "never",
  "GET /ws/insights": "never",
  "GET /ws/monitoring": "never",
  "GET /api/v1/feedback/stats": "never",
  "GET /api/v1/feedback/insights/:id/stats": "never",
  "GET /api/v1/feedback/insights/:id/comments": "never",
};

export function keepingOf(method: string, url: string): Keeping {
  const name = `${method === "HEAD" ? "GET" : method} ${url}`;
  const isOfChain = name.startsWith("GET ") && ["feed", "chain"].includes(permissionOf(method, url) ?? "");
  return OTHERWISE[name] ?? (isOfChain ? "named" : "never");
}

/** Before the first route is added, and after plugins: what is compressed has another form, and is the same answer. */
export function keepAnswers(app: App): void {
  app.addHook("onRoute", (route) => {
    const [method = ""] = [route.method].flat();
    const tell = keepingOf(method, route.url) === "named" ? tellETag : tellNever;
    const others = [route.onSend ?? []].flat();
    if (!others.includes(tell)) route.onSend = [tell, ...others];
  });
}

async function tellNever(_request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (!reply.hasHeader("cache-control")) void reply.header("cache-control", "no-store");
  return payload;
}
