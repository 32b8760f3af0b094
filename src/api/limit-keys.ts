import type { FastifyReply } from "fastify";
import type { Actor } from "#auth";
import { AppError } from "#lib";

/** Tells how much a key or token may still ask for in the hour, and refuses where that is nothing. */
export function limitKeys({ use }: Actor, reply: FastifyReply): void {
  if (use === undefined) return;
  const { used, quota, resetSeconds, ofKey } = use;
  const limits = [{ name: "hour", used, quota }, ...(ofKey === undefined ? [] : [{ name: "key", ...ofKey }])];
  const list = (write: (limit: (typeof limits)[number]) => string) => limits.map(write).join(", ");
  void reply.header(
    "ratelimit-policy",
    list((one) => `"${one.name}";q=${one.quota};w=3600`),
  );
  void reply.header(
    "ratelimit",
    list((one) => `"${one.name}";r=${Math.max(0, one.quota - one.used)};t=${resetSeconds}`),
  );
  const over = limits.find((one) => one.used > one.quota);
  if (over === undefined) return;
  void reply.header("retry-after", String(resetSeconds));
  const whose = over.name === "key" ? "this key" : "your keys and tokens";
  throw new AppError("API_TOO_MANY_REQUESTS", `${whose} asked ${over.quota} times in this hour, as often as allowed`);
}
