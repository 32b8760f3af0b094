type ClockOptions = {
  /** Chain time at which the clock starts, unix seconds. */
  readonly startTime: number;
  /** Simulated seconds in a second of wall time. */
  readonly paceFactor: number;
  /** Wall clock, milliseconds. */
  readonly clock: () => number;
};

/** Simulated time: runs at a pace beside the wall clock while the program runs, and never back. */
export class ChainClock {
  readonly #options: ClockOptions;
  #lastMs: number;
  #elapsedMs = 0;

  constructor(options: ClockOptions) {
    this.#options = options;
    this.#lastMs = options.clock();
  }

  /** Unix seconds. */
  now(): number {
    const nowMs = this.#options.clock();
    // A wall clock that is set back must not take chain time with it.
    this.#elapsedMs += Math.max(0, nowMs - this.#lastMs);
    this.#lastMs = nowMs;
    return this.#options.startTime + Math.floor((this.#elapsedMs * this.#options.paceFactor) / 1000);
  }

  /** Wall milliseconds until chain time is `time`: 0 when it has come, else at least 1. */
  millisecondsUntil(time: number): number {
    if (this.now() >= time) return 0;
    const { startTime, paceFactor } = this.#options;
    return Math.max(1, Math.ceil(((time - startTime) * 1000) / paceFactor - this.#elapsedMs));
  }
}
