import type { FastifyReply, FastifyRequest } from "fastify";
import { RateLimiter } from "#auth";
import { AppError } from "#lib";
import { clientNetwork } from "./client-network.ts";

/** Several people may share an address, and whoever forgets each cookie stays at one. */
const OF_A_PERSON = { quota: 30, windowSeconds: 60 };
const OF_AN_ADDRESS = { quota: 120, windowSeconds: 60 };

/** Counts what somebody changes, and tells in headers how much more they may. */
export function limitWrites(): (request: FastifyRequest, reply: FastifyReply) => void {
  const [persons, addresses] = [new RateLimiter(OF_A_PERSON), new RateLimiter(OF_AN_ADDRESS)];
  return (request, reply) => {
    const now = performance.now() / 1_000;
    const address = clientNetwork(request.ip);
    const standings = [
      { ...persons.use(request.actor.personId ?? address, now), name: "person", limit: persons.limit },
      { ...addresses.use(address, now), name: "address", limit: addresses.limit },
    ].toSorted((a, b) => a.remaining - b.remaining || b.resetSeconds - a.resetSeconds);
    // draft-ietf-httpapi-ratelimit-headers: structured fields, the one that ends first at the front.
    const list = (write: (standing: (typeof standings)[number]) => string) => standings.map(write).join(", ");
    void reply.header(
      "ratelimit-policy",
      list(({ name, limit }) => `"${name}";q=${limit.quota};w=${limit.windowSeconds}`),
    );
    void reply.header(
      "ratelimit",
      list(({ name, remaining, resetSeconds }) => `"${name}";r=${remaining};t=${resetSeconds}`),
    );
    const refusing = standings.filter(({ allowed }) => !allowed);
    if (refusing.length === 0) return;
    const seconds = Math.max(...refusing.map(({ resetSeconds }) => resetSeconds));
    void reply.header("retry-after", String(seconds));
    throw new AppError("API_TOO_MANY_REQUESTS", `too much was changed in a short time; try again in ${seconds} s`);
  };
}
