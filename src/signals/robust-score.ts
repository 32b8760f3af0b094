/** Middle of the values; the mean of the two middle ones for an even count. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Scale that a baseline has at least, in units of the logarithm: a series that stood still is no reason to call 2 % a surprise. */
const LEAST_MAD = 0.05;

/**
 * 0.6745·(x − median)/MAD, the z-score that outliers in the sample do not move.
 * Source: Iglewicz & Hoaglin, How to Detect and Handle Outliers (1993).
 */
export function robustZScore(value: number, sample: readonly number[]): number {
  const middle = median(sample);
  const mad = median(sample.map((other) => Math.abs(other - middle)));
  return (0.6745 * (value - middle)) / Math.max(mad, LEAST_MAD);
}

/** Percent of the sample that lies below the value. */
export function percentBelow(value: number, sample: readonly number[]): number {
  return (100 * sample.filter((other) => other < value).length) / sample.length;
}

/** Percent of the sample that lies above the value. */
export function percentAbove(value: number, sample: readonly number[]): number {
  return (100 * sample.filter((other) => other > value).length) / sample.length;
}
