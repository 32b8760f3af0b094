import type { FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#lib";
import { access, type Database } from "#store";
import { clientNetwork } from "./client-network.ts";

/** Several people may share an address, and whoever forgets each cookie stays at one. */
const QUOTAS = { person: 30, address: 120 } as const;
const WINDOW_SECONDS = 60;

/** What could not be counted is refused. */
const NEVER = { used: Infinity, resetSeconds: WINDOW_SECONDS };

/** Counts what somebody changes, in all processes together, and tells in headers how much more they may. */
export function limitWrites(db: Database): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  return async (request, reply) => {
    const address = clientNetwork(request.ip);
    const { personId } = request.actor;
    // Of somebody of whom nothing is known yet the address is counted alone: others may be behind it.
    const kinds = personId === null ? (["address"] as const) : (["person", "address"] as const);
    const names = kinds.map((kind) => (kind === "person" ? `changes of ${personId}` : `changes from ${address}`));
    const uses = await access.countInWindow(db, { names, many: 1, windowSeconds: WINDOW_SECONDS });
    const standings = kinds
      .map((name, index) => {
        const { used, resetSeconds } = uses[index] ?? NEVER;
        const quota = QUOTAS[name];
        const left = { remaining: Math.max(0, quota - used), resetSeconds: Math.ceil(resetSeconds) };
        return { name, quota, allowed: used <= quota, ...left };
      })
      .toSorted((a, b) => a.remaining - b.remaining || b.resetSeconds - a.resetSeconds);
    // draft-ietf-httpapi-ratelimit-headers: structured fields, the one that ends first at the front.
    const list = (write: (standing: (typeof standings)[number]) => string) => standings.map(write).join(", ");
    void reply.header(
      "ratelimit-policy",
      list(({ name, quota }) => `"${name}";q=${quota};w=${WINDOW_SECONDS}`),
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
