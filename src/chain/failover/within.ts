import { setTimeout as delay } from "node:timers/promises";

/** What the promise gives if that is in time, else `undefined`; its error if that comes in time. */
export async function within<Value>(promise: Promise<Value>, durationMs: number): Promise<Value | undefined> {
  const stop = new AbortController();
  // A promise that is given up may still fail.
  promise.catch(() => {});
  const late = delay(durationMs, undefined, { signal: stop.signal }).catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    stop.abort();
  }
}
