import type { FastifyReply, FastifyRequest } from "fastify";
import { codeOf, type Logger } from "#lib";
import { access, type Database } from "#store";
import { clientNetwork } from "./client-network.ts";
import { statusOf } from "./errors.ts";

/** Between two times that they are written down. */
const WRITE_EVERY_MS = 5_000;
/** More at once are of somebody who sends from everywhere; what is beyond is told by the count of requests alone. */
const MOST_AT_ONCE = 1_000;
const MOST_OF_A_TARGET = 200;
const DENIED: readonly number[] = [401, 403, 429];
/** A link that was forged or used is no mistake in how something is asked, though it is answered as one. */
const DENIED_ALL_THE_SAME = "AUTH_LINK_REFUSED";

export type CountDenials = {
  /** After a request was answered. */
  readonly count: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Writes down who was refused what, many of the same together. */
export function countDenials(db: Database, logger: Logger): CountDenials {
  let pending = new Map<string, Pending>();
  const add = (denial: Pending): void => {
    const { address, role, personId, route, code } = denial;
    const key = JSON.stringify([address, role, personId, route, code]);
    const other = pending.get(key);
    if (other !== undefined) pending.set(key, together(other, denial));
    else if (pending.size < MOST_AT_ONCE) pending.set(key, denial);
  };
  const write = async (): Promise<void> => {
    const denials = [...pending.values()];
    pending = new Map();
    await writeDown(db, denials).catch((error: unknown) => {
      // They are tried once more with those that come.
      for (const denial of denials) add(denial);
      logger.warn({ code: codeOf(error), denials: denials.length }, "denials are not written down yet");
    });
  };
  const timer = setInterval(() => void write(), WRITE_EVERY_MS).unref();
  return {
    count: async (request, reply) => {
      if (isDenied(reply)) add(denialOf(request, reply));
    },
    stop: async () => {
      clearInterval(timer);
      await write();
    },
  };
}

/** Also of who is sent on to a page that says why. */
function isDenied({ statusCode, deniedCode }: FastifyReply): boolean {
  const status = deniedCode === undefined ? statusCode : statusOf(deniedCode);
  return DENIED.includes(status) || deniedCode === DENIED_ALL_THE_SAME;
}

/** Of whose address is not looked up yet, so that a refusal takes as long whether there is an account or not. */
type Pending = access.Denial & { readonly email: string | undefined };

/** Of the same: the later one says what the last was about. */
function together(one: Pending, other: Pending): Pending {
  const [first, last] = one.lastAt <= other.lastAt ? [one, other] : [other, one];
  return { ...last, count: one.count + other.count, firstAt: first.firstAt };
}

async function writeDown(db: Database, pending: readonly Pending[]): Promise<void> {
  const denials = await Promise.all(
    pending.map(async ({ email, ...denial }) =>
      email === undefined ? denial : { ...denial, lastTarget: await access.targetOfEmail(db, email) },
    ),
  );
  await access.addDenials(db, denials);
}

function emailIn(body: unknown): string | undefined {
  return typeof body === "object" && body !== null && "email" in body && typeof body.email === "string"
    ? body.email
    : undefined;
}

/** The address that was asked for, where the route leaves anything of it open. */
function targetOf({ url, params }: FastifyRequest): string | null {
  const isOpen = typeof params === "object" && params !== null && Object.keys(params).length > 0;
  return isOpen ? (url.split("?")[0] ?? "").slice(0, MOST_OF_A_TARGET) : null;
}

function denialOf(request: FastifyRequest, reply: FastifyReply): Pending {
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
    lastRequestId: request.id,
    lastTarget: targetOf(request),
    email: emailIn(request.body),
  };
}

declare module "fastify" {
  interface FastifyReply {
    /** Of the problem that was answered, or that a page tells of. */
    deniedCode: string | undefined;
  }
}
