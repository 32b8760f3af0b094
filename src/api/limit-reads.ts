import type { FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#lib";
import type { Database } from "#store";
import { clientNetwork } from "./client-network.ts";
import { MinuteShares } from "./minute-shares.ts";

/**
 * Counts what pages ask for, by person and where there is none by address, in all processes together: far more than a
 * page needs, far less than somebody who copies everything, and tells how much of it is left. Keys and tokens have their own limit by the hour.
 * @param perMinute 0: none
 */
export function limitReads(
  db: Database,
  perMinute: number,
): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  if (perMinute === 0) return () => Promise.resolve();
  const shares = new MinuteShares(db, perMinute);
  const policy = `"minute";q=${perMinute};w=60`;
  return async ({ actor, ip }, reply) => {
    if (actor.role === "operator" || actor.use !== undefined) return;
    const { allowed, remaining, resetSeconds } = await shares.use(actor.person?.id ?? clientNetwork(ip));
    void reply.header("ratelimit-policy", policy).header("ratelimit", `"minute";r=${remaining};t=${resetSeconds}`);
    if (allowed) return;
    void reply.header("retry-after", String(resetSeconds));
    throw new AppError(
      "API_TOO_MANY_REQUESTS",
      `too much was asked for in a short time; try again in ${resetSeconds} s`,
    );
  };
}
