export type ReadAheadOptions<Item, Result> = {
  readonly read: (item: Item, signal: AbortSignal) => Promise<Result>;
  readonly sizeOf: (result: Result) => number;
  readonly signal: AbortSignal;
  /** At most so many are being read or wait to be taken. */
  readonly most: number;
  /** With so many bytes waiting to be taken, no further one is begun. */
  readonly bytes: number;
};

/** Reads a few ahead of whoever takes them, in order and within a bounded memory; whoever leaves early stops the reading. */
export async function* readAhead<Item, Result>(
  items: readonly Item[],
  options: ReadAheadOptions<Item, Result>,
): AsyncGenerator<Result> {
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const begun: Promise<Result>[] = [];
  let waitingBytes = 0;
  let next = 0;
  const begin = (item: Item): void => {
    const reading = options.read(item, signal).then((result) => {
      waitingBytes += options.sizeOf(result);
      return result;
    });
    // Its failure is told when its turn comes; until then it is not an unhandled one.
    reading.catch(() => {});
    begun.push(reading);
  };
  try {
    for (;;) {
      for (const item of items.slice(next, next + options.most - begun.length)) {
        if (begun.length > 0 && waitingBytes >= options.bytes) break;
        begin(item);
        next += 1;
      }
      const first = begun.shift();
      if (first === undefined) return;
      const result = await first;
      waitingBytes -= options.sizeOf(result);
      yield result;
    }
  } finally {
    stop.abort();
  }
}
