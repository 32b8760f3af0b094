import { createHash } from "node:crypto";
import type { FastifyContextConfig, FastifyRequest } from "fastify";
import { invariant } from "#lib";
import type { cache } from "#store";
import type { App } from "./app-types.ts";
import { etagOf, tellETag } from "./etag.ts";

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

/** An answer as it is sent, and the name of its content. */
type Written = { readonly text: string; readonly etag: string };

/**
 * Routes that say so are answered with what was answered before, as long as no event came: it is written and checked
 * against its schema once, and sent as it is to all who ask. Before routes are added.
 */
export function rememberAnswers(app: App, answers: cache.AnswerCache, lastEventId: () => number): void {
  app.addHook("onRoute", (route) => {
    const kept = route.config?.remembered;
    if (kept === undefined) return;
    const { handler } = route;
    route.onSend ??= tellETag;
    route.handler = async function (request, reply) {
      const key = `${lastEventId()} ${route.url} ${digestOf(request)}`;
      const { text, etag } = await answers.remember<Written>(key, KEPT_MS[kept], async () =>
        written(reply.serialize(await handler.call(this, request, reply))),
      );
      void reply.type("application/json; charset=utf-8").header("etag", etag);
      return text;
    };
  });
}

function written(text: string | ArrayBuffer | Buffer): Written {
  invariant(typeof text === "string", "what is remembered is text");
  return { text, etag: etagOf(text) };
}

/** What was asked for, with the defaults in place. */
function digestOf({ params, query }: FastifyRequest): string {
  return createHash("sha256")
    .update(JSON.stringify([params, query]))
    .digest("base64url");
}
