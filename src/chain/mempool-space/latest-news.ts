/** Remembers that something happened, however often, until somebody looks. */
export class LatestNews {
  #happened = false;
  #wake: (() => void) | undefined;

  announce(): void {
    this.#happened = true;
    this.#wake?.();
  }

  /** Returns when there was news since the last time, or when the signal is aborted. For one who waits at a time. */
  async wait(signal: AbortSignal): Promise<void> {
    if (!this.#happened && !signal.aborted) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const stop = (): void => resolve();
      this.#wake = stop;
      signal.addEventListener("abort", stop, { once: true });
      await promise;
      signal.removeEventListener("abort", stop);
      this.#wake = undefined;
    }
    this.#happened = false;
  }
}
