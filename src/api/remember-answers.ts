import { createHash } from "node:crypto";
import type { FastifyContextConfig, FastifyRequest } from "fastify";
import type { cache } from "#store";
import type { App } from "./app-types.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /**
     * How an answer may be remembered: until the next event, or for a moment, where it follows from what no event tells.
     * Only of a handler that gives its answer and does nothing else to the reply.
     */
    readonly remembered?: "until the next event" | "for a moment";
  }
}

/** Some things that an answer shows change without an event: labels, hours and days that are computed anew. */
const KEPT_MS: Readonly<Record<NonNullable<FastifyContextConfig["remembered"]>, number>> = {
  "until the next event": 10_000,
  "for a moment": 2_000,
};

/** Routes that say so are answered with what was answered before, as long as no event came. Before routes are added. */
export function rememberAnswers(app: App, answers: cache.AnswerCache, lastEventId: () => number): void {
  app.addHook("onRoute", (route) => {
    const kept = route.config?.remembered;
    if (kept === undefined) return;
    const { handler } = route;
    route.handler = function (request, reply) {
      const key = `${lastEventId()} ${route.url} ${digestOf(request)}`;
      return answers.remember(key, KEPT_MS[kept], async () => handler.call(this, request, reply));
    };
  });
}

/** What was asked for, with the defaults in place. */
function digestOf({ params, query }: FastifyRequest): string {
  return createHash("sha256")
    .update(JSON.stringify([params, query]))
    .digest("base64url");
}
