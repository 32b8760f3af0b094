type Sleep = (durationMs: number, signal: AbortSignal) => Promise<void>;

type PaceOptions = {
  readonly requestsPerSecond: number;
  /** Milliseconds. */
  readonly clock: () => number;
  readonly sleep: Sleep;
};

/** Lets so many requests through in a second, of which a second's worth may come at once, and none while held. */
export class RequestPace {
  readonly #options: PaceOptions;
  readonly #intervalMs: number;
  readonly #burstMs: number;
  /** When the next request would go if all went evenly. */
  #nextAt = -Infinity;
  #heldUntil = -Infinity;

  constructor(options: PaceOptions) {
    this.#options = options;
    this.#intervalMs = 1_000 / options.requestsPerSecond;
    this.#burstMs = Math.max(0, 1_000 - this.#intervalMs);
  }

  /** Returns when a request may go, or at once when the signal is aborted. */
  async take(signal: AbortSignal): Promise<void> {
    const { clock, sleep } = this.#options;
    do {
      const slot = Math.max(this.#nextAt, clock() - this.#burstMs);
      this.#nextAt = slot + this.#intervalMs;
      const waitMs = Math.max(slot - clock(), this.heldForMs);
      if (waitMs > 0) await sleep(waitMs, signal);
    } while (this.heldForMs > 0 && !signal.aborted);
  }

  /** Nothing goes for so long; what is waiting then goes at the usual pace. */
  hold(durationMs: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, this.#options.clock() + durationMs);
    this.#nextAt = Math.max(this.#nextAt, this.#heldUntil);
  }

  get heldForMs(): number {
    return Math.max(0, this.#heldUntil - this.#options.clock());
  }
}
