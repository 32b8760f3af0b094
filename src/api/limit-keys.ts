import type { FastifyReply } from "fastify";
import { type Actor, ENTITLEMENTS } from "#auth";
import { AppError } from "#lib";

/** Tells how much a key or token may still ask for in the hour, and refuses where that is nothing. */
export function limitKeys({ person, use }: Actor, reply: FastifyReply): void {
  if (person === undefined || use === undefined) return;
  const quota = ENTITLEMENTS[person.tier].requestsPerHour;
  const { used, resetSeconds } = use;
  void reply.header("ratelimit-policy", `"hour";q=${quota};w=3600`);
  void reply.header("ratelimit", `"hour";r=${Math.max(0, quota - used)};t=${resetSeconds}`);
  if (used <= quota) return;
  void reply.header("retry-after", String(resetSeconds));
  throw new AppError(
    "API_TOO_MANY_REQUESTS",
    `your keys and tokens asked ${quota} times in this hour, as often as they may`,
  );
}
