import type { Surprise } from "../signal.ts";

/** Share of the earlier values that lie below this one; 0 where there are none. */
export function rankAmong(earlier: Float64Array, value: number): Surprise {
  let below = 0;
  for (const other of earlier) if (other < value) below += 1;
  return { percentile: (100 * below) / Math.max(1, earlier.length), sampleSize: earlier.length };
}
