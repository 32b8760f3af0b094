/** So many in so many seconds. */
export type RateLimit = { readonly quota: number; readonly windowSeconds: number };

export type RateStanding = {
  readonly allowed: boolean;
  readonly remaining: number;
  /** Until the window ends and the quota is whole again. */
  readonly resetSeconds: number;
};

/** Beyond so many names, those whose window is over are forgotten. */
const TIDY_ABOVE = 10_000;

type Window = { readonly endsAt: number; used: number };

/** Counts in windows that begin with the first use. One process's count: several have a quota each. */
export class RateLimiter {
  readonly limit: RateLimit;
  readonly #windows = new Map<string, Window>();

  constructor(limit: RateLimit) {
    this.limit = limit;
  }

  /** @param now seconds of any clock that does not go back */
  use(name: string, now: number): RateStanding {
    const { quota, windowSeconds } = this.limit;
    const found = this.#windows.get(name);
    const window = found !== undefined && found.endsAt > now ? found : { endsAt: now + windowSeconds, used: 0 };
    if (window !== found) this.#open(name, window, now);
    const allowed = window.used < quota;
    if (allowed) window.used += 1;
    return {
      allowed,
      remaining: quota - window.used,
      resetSeconds: clamp(Math.ceil(window.endsAt - now), windowSeconds),
    };
  }

  #open(name: string, window: Window, now: number): void {
    if (this.#windows.size >= TIDY_ABOVE) {
      for (const [other, { endsAt }] of this.#windows) if (endsAt <= now) this.#windows.delete(other);
    }
    this.#windows.set(name, window);
  }
}

/** Differences of times have a rounding error. */
function clamp(seconds: number, windowSeconds: number): number {
  return Math.min(windowSeconds, Math.max(1, seconds));
}
