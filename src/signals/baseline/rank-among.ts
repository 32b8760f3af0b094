import type { Surprise } from "../signal.ts";

/** Share of the earlier values that lie below this one; `null` where there are none. */
export function rankAmong(earlier: ArrayLike<number>, value: number): Surprise | null {
  if (earlier.length === 0) return null;
  let below = 0;
  for (let at = 0; at < earlier.length; at += 1) if ((earlier[at] ?? 0) < value) below += 1;
  return { percentile: (100 * below) / earlier.length, sampleSize: earlier.length };
}
