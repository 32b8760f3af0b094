import { createHash } from "node:crypto";
import type { FastifyContextConfig, FastifyReply, FastifyRequest } from "fastify";
import { invariant } from "#lib";
import type { cache } from "#store";
import type { App } from "./app-types.ts";
import { etagOf } from "./etag.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /**
     * How an answer may be remembered: until the next event; for a moment, where it follows from what no event tells; for a
     * few moments, where it follows from hours and days that are computed anew soon after an event; or while it is read,
     * where it has to be that of now, so that many who ask at once have the database asked once. Only of a handler that
     * gives its answer and does nothing else to the reply but say for how long it may be kept.
     */
    readonly remembered?: "until the next event" | "for a few moments" | "for a moment" | "while it is read";
  }
}

/** What is longer is named by its digest. */
const LONGEST_NAME = 200;

/** Some things that an answer shows change without an event: labels, hours and days that are computed anew. */
const KEPT_MS = {
  "until the next event": 10_000,
  "for a few moments": 5_000,
  "for a moment": 2_000,
} as const satisfies Partial<Record<NonNullable<FastifyContextConfig["remembered"]>, number>>;

/** An answer as it is sent, the name of its content, and for how long others may keep it. */
type Written = { readonly text: string; readonly etag: string; readonly cacheControl?: string };

type Remember = (key: string, make: () => Promise<Written>) => Promise<Written>;

/**
 * Routes that say so are answered with what was answered before, as long as no event came: it is written and checked
 * against its schema once, and sent as it is to all who ask. Before routes are added.
 */
export function rememberAnswers(app: App, answers: cache.AnswerCache, lastEventId: () => number): void {
  const sharing = shareReading();
  app.addHook("onRoute", (route) => {
    const kept = route.config?.remembered;
    if (kept === undefined) return;
    const { handler } = route;
    const remember: Remember =
      kept === "while it is read" ? sharing : (key, make) => answers.remember(key, KEPT_MS[kept], make);
    route.handler = async function (request, reply) {
      const make = async (): Promise<Written> => written(reply, await handler.call(this, request, reply));
      const found = await remember(`${lastEventId()} ${route.url} ${nameOf(request)}`, make);
      void reply.type("application/json; charset=utf-8").header("etag", found.etag);
      if (found.cacheControl !== undefined) void reply.header("cache-control", found.cacheControl);
      return bytesOf(found);
    };
  });
}

/** Whoever asks while the same is being made waits for it; once it is made it is forgotten. */
function shareReading(): Remember {
  const making = new Map<string, Promise<Written>>();
  return (key, make) => {
    const known = making.get(key);
    if (known !== undefined) return known;
    const made = make().finally(() => making.delete(key));
    making.set(key, made);
    return made;
  };
}

function written(reply: FastifyReply, answer: unknown): Written {
  const text = reply.serialize(answer);
  invariant(typeof text === "string", "what is remembered is text");
  const cacheControl = reply.getHeader("cache-control");
  return { text, etag: etagOf(text), ...(typeof cacheControl === "string" && { cacheControl }) };
}

const encoded = new WeakMap<Written, Buffer>();

/** Encoded once for all who are sent it. */
function bytesOf(answer: Written): Buffer {
  const known = encoded.get(answer);
  if (known !== undefined) return known;
  const bytes = Buffer.from(answer.text);
  encoded.set(answer, bytes);
  return bytes;
}

/** What was asked for, with the defaults in place. */
function nameOf({ params, query }: FastifyRequest): string {
  const asked = JSON.stringify([params, query]);
  return asked.length <= LONGEST_NAME ? asked : createHash("sha256").update(asked).digest("base64url");
}
