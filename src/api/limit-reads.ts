import type { FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#lib";
import { access, type Database } from "#store";
import { clientNetwork } from "./client-network.ts";

const MINUTE_SECONDS = 60;
/** The database is asked for so many at once: hardly any request waits for it. */
const SHARES_OF_A_MINUTE = 20;
/** Beyond so many names, those whose minute is over are forgotten. */
const TIDY_ABOVE = 10_000;

/**
 * Counts what pages ask for, by person and where there is none by address, in all processes together: far more than a
 * page needs, far less than somebody who copies everything. Keys and tokens have their own limit by the hour.
 * @param perMinute 0: none
 */
export function limitReads(
  db: Database,
  perMinute: number,
): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  if (perMinute === 0) return () => Promise.resolve();
  const shares = new Shares(db, perMinute);
  return async ({ actor, ip }, reply) => {
    if (actor.role === "operator" || actor.use !== undefined) return;
    const resetSeconds = await shares.use(actor.person?.id ?? clientNetwork(ip));
    if (resetSeconds === undefined) return;
    void reply.header("retry-after", String(resetSeconds));
    throw new AppError(
      "API_TOO_MANY_REQUESTS",
      `too much was asked for in a short time; try again in ${resetSeconds} s`,
    );
  };
}

/** What is left of a share of somebody's minute, which no other process gives out. */
type Share = { left: number; readonly isLast: boolean; readonly endsAt: number };

class Shares {
  readonly #db: Database;
  readonly #perMinute: number;
  readonly #size: number;
  readonly #held = new Map<string, Share>();
  readonly #coming = new Map<string, Promise<void>>();

  constructor(db: Database, perMinute: number) {
    this.#db = db;
    this.#perMinute = perMinute;
    this.#size = Math.ceil(perMinute / SHARES_OF_A_MINUTE);
  }

  /** `undefined` where there was one left; else for how long there is none. */
  async use(name: string): Promise<number | undefined> {
    for (;;) {
      const share = this.#held.get(name);
      const leftSeconds = share === undefined ? 0 : share.endsAt - performance.now() / 1_000;
      if (share !== undefined && leftSeconds > 0) {
        if (share.left > 0) {
          share.left -= 1;
          return undefined;
        }
        if (share.isLast) return Math.ceil(leftSeconds);
      }
      await this.#renew(name);
    }
  }

  /** Whoever comes meanwhile waits for the same. */
  async #renew(name: string): Promise<void> {
    const coming = this.#coming.get(name) ?? this.#fetch(name).finally(() => this.#coming.delete(name));
    this.#coming.set(name, coming);
    await coming;
  }

  async #fetch(name: string): Promise<void> {
    const asked = { names: [`pages of ${name}`], many: this.#size, windowSeconds: MINUTE_SECONDS };
    const [use] = await access.countInWindow(this.#db, asked);
    const { used = this.#perMinute, resetSeconds = 0 } = use ?? {};
    const left = Math.max(0, Math.min(this.#size, this.#perMinute - (used - this.#size)));
    if (this.#held.size >= TIDY_ABOVE) this.#tidy();
    const endsAt = performance.now() / 1_000 + resetSeconds;
    this.#held.set(name, { left, isLast: used >= this.#perMinute, endsAt });
  }

  #tidy(): void {
    const now = performance.now() / 1_000;
    for (const [name, { endsAt }] of this.#held) if (endsAt <= now) this.#held.delete(name);
  }
}
