/** 2031-01-01T00:00:00Z: simulated time is visibly not today's. */
export const EPOCH = 1_924_992_000;

const MEDIAN_SPAN = 11;
/** Furthest that a header may be ahead of the clock. Source: Core `MAX_FUTURE_BLOCK_TIME`. */
const MOST_AHEAD = 7_200;

/** What a miner whose clock is `ahead` writes: above the median of those before it, eleven at most (Core `GetMedianTimePast`). */
export function headerTimeAt(time: number, ahead: number, headerTimes: readonly number[]): number {
  const shown = Math.floor(time) + Math.min(ahead, MOST_AHEAD);
  const sorted = headerTimes.toSorted((left, right) => left - right);
  const median = sorted[Math.floor(sorted.length / 2)];
  return median === undefined ? shown : Math.max(shown, median + 1);
}

export function rememberHeaderTime(headerTimes: number[], time: number): void {
  headerTimes.push(time);
  if (headerTimes.length > MEDIAN_SPAN) headerTimes.shift();
}
