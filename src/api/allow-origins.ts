import type { FastifyRequest } from "fastify";
import type { App } from "./app-types.ts";

/** What a page of another origin may send and see beside what is harmless anyway. */
const SENT = "authorization, content-type, idempotency-key, if-none-match, last-event-id";
const SEEN = "etag, idempotency-replayed, ratelimit, ratelimit-policy, retry-after";
const METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
/** For so long browsers need not ask again. */
const ASKED_SECONDS = 600;

/**
 * Lets pages of these origins read the API, `*`: of any. Browsers send them no cookies of ours, so whoever they act for
 * gives them an API key.
 */
export function allowOrigins(app: App, origins: readonly string[]): void {
  if (origins.length === 0) return;
  app.addHook("onRequest", async (request, reply) => {
    void reply.header("vary", "Origin");
    const { origin } = request.headers;
    if (origin === undefined || !isAllowed(origins, origin)) return;
    void reply.header("access-control-allow-origin", origins.includes("*") ? "*" : origin);
    void reply.header("access-control-expose-headers", SEEN);
    if (!isAskedBefore(request)) return;
    void reply.header("access-control-allow-methods", METHODS);
    void reply.header("access-control-allow-headers", SENT);
    void reply.header("access-control-max-age", String(ASKED_SECONDS));
    return reply.status(204).send();
  });
}

export function isAllowed(origins: readonly string[], origin: string): boolean {
  return origins.includes("*") || origins.includes(origin);
}

/** A browser asks whether it may before it sends what a form could not send. */
function isAskedBefore({ method, headers }: FastifyRequest): boolean {
  return method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
}
