import type { FastifyReply, FastifyRequest } from "fastify";
import { RateLimiter } from "#auth";
import { AppError } from "#lib";
import { clientNetwork } from "./client-network.ts";

const MINUTE_SECONDS = 60;

/**
 * Counts what pages ask for, by person and where there is none by address: far more than a page needs, far less than
 * somebody who copies everything. Keys and tokens have their own limit by the hour.
 * @param perMinute 0: none
 */
export function limitReads(perMinute: number): (request: FastifyRequest, reply: FastifyReply) => void {
  if (perMinute === 0) return () => undefined;
  const limiter = new RateLimiter({ quota: perMinute, windowSeconds: MINUTE_SECONDS });
  return ({ actor, ip }, reply) => {
    if (actor.role === "operator" || actor.use !== undefined) return;
    const who = actor.person?.id ?? clientNetwork(ip);
    const { allowed, resetSeconds } = limiter.use(who, performance.now() / 1_000);
    if (allowed) return;
    void reply.header("retry-after", String(resetSeconds));
    throw new AppError(
      "API_TOO_MANY_REQUESTS",
      `too much was asked for in a short time; try again in ${resetSeconds} s`,
    );
  };
}
