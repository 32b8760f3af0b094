/**
 * What the work gives, or at once the reason of the signal where that is aborted before. Whoever stops waits for no
 * server; what the work gives later is handed to `discard`.
 */
export async function unlessAborted<Result>(
  work: Promise<Result>,
  signal: AbortSignal,
  discard: (late: Result) => unknown = () => {},
): Promise<Result> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  if (signal.aborted) onAbort();
  else signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } catch (error) {
    if (signal.aborted) {
      work.then(discard).catch(() => {
        // Nobody waits for it any more.
      });
    }
    throw error;
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
