import type { RouteOptions } from "fastify";
import { z } from "zod";
import { problem } from "#contract";
import { codesOf } from "../errors.ts";
import { keepingOf } from "../keep-answers.ts";

type Answer = { readonly name: string; readonly says: string; readonly headers?: Readonly<Record<string, object>> };

const text = (description: string): object => ({ description, schema: { type: "string" } });
const RETRY = { "Retry-After": { description: "Seconds after which to ask again", schema: { type: "integer" } } };

/** What every route answers in the same words, by status. */
export const COMMON_ANSWERS: Readonly<Record<string, Answer>> = {
  304: {
    name: "NotModified",
    says: "What If-None-Match names is still so",
    headers: { ETag: text("Names the answer by its content") },
  },
  400: { name: "BadRequest", says: "The request cannot be understood; errors says which field is wrong" },
  401: {
    name: "Unauthorized",
    says: "Nobody is signed in who may do this, or a token or key does not count",
    headers: { "WWW-Authenticate": text("How to say who asks") },
  },
  403: { name: "Forbidden", says: "Who asks may not do this, or not from there" },
  404: { name: "NotFound", says: "There is no such thing" },
  409: { name: "Conflict", says: "It is not in the state for that" },
  410: { name: "Gone", says: "It was there, and is not any more" },
  413: { name: "PayloadTooLarge", says: "The body is too large" },
  422: { name: "UnprocessableContent", says: "Another request had this Idempotency-Key" },
  429: { name: "TooManyRequests", says: "Too much was asked for in a short time", headers: RETRY },
  500: { name: "InternalError", says: "Something went wrong on our side; the log has it under requestId" },
  503: { name: "Unavailable", says: "Not now: overloaded, stopping, or without what it takes", headers: RETRY },
};

const EVERYWHERE = [400, 401, 403, 429, 500, 503];

/** What a route may answer beside what it says itself. */
export function commonAnswersOf({ method, url, config }: Pick<RouteOptions, "method" | "url" | "config">) {
  const [name = ""] = [method].flat();
  const changes = !["GET", "HEAD"].includes(name);
  const statuses = [...EVERYWHERE, ...(changes ? [413] : []), ...(config?.idempotent === undefined ? [] : [409, 422])];
  const named = keepingOf(name, url) === "named" ? { 304: z.null() } : {};
  return { ...named, ...Object.fromEntries(statuses.map((status) => [status, problem])) };
}

/** For `components.responses`. */
export function describeCommonAnswers(): Readonly<Record<string, object>> {
  const content = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  return Object.fromEntries(
    Object.entries(COMMON_ANSWERS).map(([status, { name, says, headers }]) => {
      const codes = codesOf(Number(status));
      if (codes.length === 0) return [name, { description: says, ...(headers && { headers }) }];
      return [name, { description: `${says}. Codes: ${codes.join(", ")}`, ...(headers && { headers }), content }];
    }),
  );
}
