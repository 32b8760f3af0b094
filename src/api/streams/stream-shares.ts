import { randomUUID } from "node:crypto";
import { codeOf, type Logger } from "#lib";
import { access, type Database } from "#store";
import { takeTurns } from "../take-turns.ts";

/** The database is asked for so many at once: most streams are opened without. */
const STEP = 10;
/** Between two times that it is told that this process lives; it is taken for dead after three. */
const RENEW_EVERY_MS = 10_000;

type Held = { open: number; shares: number };

/** How many streams a network may have open, given out in shares to all processes. */
export class StreamShares {
  readonly #db: Database;
  readonly #logger: Logger;
  readonly #most: number;
  readonly #process = randomUUID();
  /** What this process has is told and asked for one after the other: neither is overtaken by the other. */
  readonly #inTurn = takeTurns(1);
  readonly #held = new Map<string, Held>();
  readonly #coming = new Map<string, Promise<void>>();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor({ db, logger, most }: { readonly db: Database; readonly logger: Logger; readonly most: number }) {
    this.#db = db;
    this.#logger = logger;
    this.#most = most;
  }

  /** Whether there was one left; it has to be given back. */
  async take(network: string): Promise<boolean> {
    const held = this.#held.get(network) ?? { open: 0, shares: 0 };
    this.#held.set(network, held);
    this.#timer ??= setInterval(() => void this.#renew(), RENEW_EVERY_MS).unref();
    // Counted before anything is waited for, so that it is not forgotten meanwhile.
    held.open += 1;
    try {
      while (held.open > held.shares) {
        const before = held.shares;
        await this.#fetch(network, held);
        if (held.shares <= before) break;
      }
      if (held.open <= held.shares) return true;
      held.open -= 1;
      return false;
    } catch (error) {
      held.open -= 1;
      throw error;
    }
  }

  give(network: string): void {
    const held = this.#held.get(network);
    if (held !== undefined) held.open = Math.max(0, held.open - 1);
  }

  /** Gives all back. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#held.clear();
    await this.#renew();
  }

  /** Whoever comes meanwhile waits for the same. */
  async #fetch(network: string, held: Held): Promise<void> {
    const coming =
      this.#coming.get(network) ??
      this.#inTurn(() => this.#ask(network, held)).finally(() => this.#coming.delete(network));
    this.#coming.set(network, coming);
    await coming;
  }

  async #ask(network: string, held: Held): Promise<void> {
    const asked = { process: this.#process, network, wanted: roundUp(held.open), most: this.#most };
    held.shares = Math.max(held.shares, await access.takeStreamShares(this.#db, asked));
  }

  #renew(): Promise<void> {
    return this.#inTurn(() => this.#renewNow());
  }

  async #renewNow(): Promise<void> {
    for (const [network, held] of this.#held) {
      held.shares = Math.min(held.shares, roundUp(held.open));
      // Whoever waits for shares has been counted as open.
      if (held.open === 0) this.#held.delete(network);
    }
    const shares = new Map(
      [...this.#held].flatMap(([network, held]) => (held.shares > 0 ? [[network, held.shares]] : [])),
    );
    try {
      const kept = await access.renewStreamShares(this.#db, this.#process, shares);
      for (const network of shares.keys()) if (!kept.has(network)) this.#forget(network);
    } catch (error) {
      this.#logger.warn({ code: codeOf(error) }, "shares of streams were not renewed");
    }
  }

  /** Others may have had them meanwhile: the next stream asks again, for those that are open as well. */
  #forget(network: string): void {
    const held = this.#held.get(network);
    if (held !== undefined) held.shares = 0;
  }
}

function roundUp(open: number): number {
  return Math.ceil(open / STEP) * STEP;
}
