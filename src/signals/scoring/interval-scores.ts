/** An interval that was said before, and the value that came. */
export type ScoredInterval = { readonly low: number; readonly high: number; readonly value: number };

/** A value that was told and came out just so differs in its last digit: logarithms are taken in between. */
const SAME = 1e-9;

/** Whether the value lies in the interval, ends included. */
export function isWithin({ low, high, value }: ScoredInterval): boolean {
  return Math.max(low - value, value - high) <= SAME;
}

/** Share of the values that lie in their interval, ends included; `NaN` of none. */
export function coverage(intervals: readonly ScoredInterval[]): number {
  return intervals.filter(isWithin).length / intervals.length;
}

/** Mean width; `NaN` of none. */
export function meanWidth(intervals: readonly ScoredInterval[]): number {
  return intervals.reduce((sum, { low, high }) => sum + (high - low), 0) / intervals.length;
}

/**
 * Mean interval score: the width, and 2/α times the distance by which a value misses it. Lower is better, and who says
 * the true quantiles has the least. `NaN` of none.
 * Source: Winkler (1972), A decision-theoretic approach to interval estimation; Gneiting & Raftery (2007), 6.2.
 * @param nominal coverage that the intervals claim: 0.8, so α is 0.2
 */
export function winklerScore(intervals: readonly ScoredInterval[], nominal: number): number {
  const penalty = 2 / (1 - nominal);
  const scores = intervals.map(
    ({ low, high, value }) => high - low + penalty * (Math.max(0, low - value) + Math.max(0, value - high)),
  );
  return scores.reduce((sum, score) => sum + score, 0) / intervals.length;
}
