/** Stands between two items where the second one is long in coming. */
export const PAUSE = Symbol("pause");

const LONG_MS = 500;

/** The items as they come, and a mark, once, wherever none came for half a second. */
export async function* pausing<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item | typeof PAUSE> {
  const iterator = items[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = iterator.next();
      if (await isLong(next)) yield PAUSE;
      const { value, done } = await next;
      if (done === true) return;
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}

/** Called for every block of a history: a signal that is aborted would cost ten times as much. */
function isLong(next: Promise<unknown>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, LONG_MS, true);
  const settle = (): void => {
    clearTimeout(timer);
    resolve(false);
  };
  next.then(settle, settle);
  return promise;
}
