import type { FastifyReply, FastifyRequest } from "fastify";
import { codeOf, type Logger } from "#lib";
import { access, type Database } from "#store";
import { clientNetwork } from "./client-network.ts";

/** Between two times that they are written down. */
const WRITE_EVERY_MS = 5_000;
/** More at once are of somebody who sends from everywhere; what is beyond is told by the count of requests alone. */
const MOST_AT_ONCE = 1_000;
const DENIED: readonly number[] = [401, 403, 429];

export type CountDenials = {
  /** After a request was answered. */
  readonly count: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Writes down who was refused what, many of the same together. */
export function countDenials(db: Database, logger: Logger): CountDenials {
  let pending = new Map<string, access.Denial>();
  const write = async (): Promise<void> => {
    const denials = [...pending.values()];
    pending = new Map();
    await access.addDenials(db, denials).catch((error: unknown) => {
      logger.warn({ code: codeOf(error), denials: denials.length }, "denials were not written down");
    });
  };
  const timer = setInterval(() => void write(), WRITE_EVERY_MS).unref();
  return {
    count: async (request, reply) => {
      if (!DENIED.includes(reply.statusCode) || request.is404) return;
      const denial = denialOf(request, reply);
      const { firstAt: _, lastAt, ...same } = denial;
      const key = JSON.stringify(same);
      const before = pending.get(key);
      if (before !== undefined) pending.set(key, { ...before, count: before.count + 1, lastAt });
      else if (pending.size < MOST_AT_ONCE) pending.set(key, denial);
    },
    stop: async () => {
      clearInterval(timer);
      await write();
    },
  };
}

function denialOf(request: FastifyRequest, reply: FastifyReply): access.Denial {
  const now = new Date();
  // Who shows a token that does not count is nobody.
  const { role, person } = request.actor ?? { role: "guest" };
  return {
    address: clientNetwork(request.ip),
    role,
    personId: person?.id ?? null,
    route: `${request.method} ${request.routeOptions.url ?? ""}`,
    code: reply.deniedCode ?? String(reply.statusCode),
    count: 1,
    firstAt: now,
    lastAt: now,
  };
}

declare module "fastify" {
  interface FastifyReply {
    /** Of the problem that was answered. */
    deniedCode: string | undefined;
  }
}
