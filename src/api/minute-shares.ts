import { access, type Database } from "#store";

const MINUTE_SECONDS = 60;
/** The database is asked for so many at once: hardly any request waits for it. */
const SHARES_OF_A_MINUTE = 20;
/** Beyond so many names, those whose minute is over are forgotten. */
const TIDY_ABOVE = 10_000;

/** What is left of a share of somebody's minute, which no other process gives out. */
type Share = { left: number; readonly beyond: number; readonly endsAt: number };

export type MinuteUse = {
  readonly allowed: boolean;
  /** At most: other processes give out of it too. */
  readonly remaining: number;
  readonly resetSeconds: number;
};

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

  /** One of those that are left, if there is one. */
  async use(name: string): Promise<MinuteUse> {
    for (;;) {
      const share = this.#held.get(name);
      const leftSeconds = share === undefined ? 0 : share.endsAt - performance.now() / 1_000;
      if (share !== undefined && leftSeconds > 0) {
        if (share.left > 0) {
          share.left -= 1;
          return { allowed: true, remaining: share.left + share.beyond, resetSeconds: Math.ceil(leftSeconds) };
        }
        if (share.beyond === 0) return { allowed: false, remaining: 0, resetSeconds: Math.ceil(leftSeconds) };
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
    const beyond = Math.max(0, this.#perMinute - used);
    this.#held.set(name, { left, beyond, endsAt });
  }

  #tidy(): void {
    const now = performance.now() / 1_000;
    for (const [name, { endsAt }] of this.#held) if (endsAt <= now) this.#held.delete(name);
  }
}
