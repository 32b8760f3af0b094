type ClockOptions = {
  /** Simulated seconds in a second of wall time. */
  readonly paceFactor: number;
  /** Wall clock, milliseconds. */
  readonly clock: () => number;
};

/**
 * Simulated time: stands still until the history is made, then runs at a pace beside the wall clock while the program
 * runs, and never back.
 */
export class ChainClock {
  readonly #options: ClockOptions;
  #startTime = 0;
  #lastMs: number | undefined;
  #elapsedMs = 0;

  constructor(options: ClockOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#lastMs !== undefined;
  }

  /** Says what time it is in the history, unix seconds; a clock that runs is not set. */
  set(time: number): void {
    if (!this.isRunning) this.#startTime = Math.max(this.#startTime, time);
  }

  /** Begins to run; where it does already, goes on. */
  start(): void {
    this.#lastMs ??= this.#options.clock();
  }

  /** Unix seconds. */
  now(): number {
    if (this.#lastMs === undefined) return Math.floor(this.#startTime);
    const nowMs = this.#options.clock();
    // A wall clock that is set back must not take chain time with it.
    this.#elapsedMs += Math.max(0, nowMs - this.#lastMs);
    this.#lastMs = nowMs;
    return Math.floor(this.#startTime + (this.#elapsedMs * this.#options.paceFactor) / 1000);
  }

  /** Wall milliseconds until chain time is `time`: 0 when it has come, else at least 1. */
  millisecondsUntil(time: number): number {
    if (this.now() >= time) return 0;
    return Math.max(1, Math.ceil(((time - this.#startTime) * 1000) / this.#options.paceFactor - this.#elapsedMs));
  }
}
