import { access, type Database } from "#store";

const MINUTE_SECONDS = 60;
/** The database is asked for so many at once: hardly any request waits for it. */
const SHARES_OF_A_MINUTE = 20;
/** Beyond so many names, those whose minute is over are forgotten. */
const TIDY_ABOVE = 10_000;

/** What is left of a share of somebody's minute, which no other process gives out. */
type Share = { left: number; readonly isLast: boolean; readonly endsAt: number };

/** How much may be asked for in a minute under a name, given out in shares to all processes. */
export class MinuteShares {
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
    const asked = { name: `pages of ${name}`, many: this.#size, windowSeconds: MINUTE_SECONDS };
    const { used, resetSeconds } = await access.countOneInWindow(this.#db, asked);
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
