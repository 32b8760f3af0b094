/**
 * Passes on what the source yields until the signal is aborted, then lets go of it at once, even where the source
 * hangs. `start` gets a signal that is aborted whenever nobody listens any more.
 */
export async function* relay<Value>(
  start: (signal: AbortSignal) => AsyncIterable<Value>,
  leave: AbortSignal,
): AsyncGenerator<Value> {
  const own = new AbortController();
  const iterator = start(AbortSignal.any([leave, own.signal]))[Symbol.asyncIterator]();
  try {
    while (!leave.aborted) {
      const result = await nextUnlessLeft(iterator, leave);
      if (result === undefined || result.done === true) return;
      yield result.value;
    }
  } finally {
    own.abort();
    // Not awaited: a source that hangs answers this never, and one that fails now is not listened to any more.
    Promise.resolve(iterator.return?.()).catch(() => {});
  }
}

async function nextUnlessLeft<Value>(
  iterator: AsyncIterator<Value>,
  leave: AbortSignal,
): Promise<IteratorResult<Value> | undefined> {
  let onLeave = (): void => {};
  const left = new Promise<undefined>((resolve) => {
    onLeave = () => resolve(undefined);
    leave.addEventListener("abort", onLeave, { once: true });
  });
  const next = iterator.next();
  next.catch(() => {});
  try {
    return await Promise.race([next, left]);
  } finally {
    leave.removeEventListener("abort", onLeave);
  }
}
