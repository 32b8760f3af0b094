/** Steps of a decade in hundredths: Renard's series R20 (ISO 3), each about 12 % above the one before, with round numbers in it. */
const R20 = [100, 112, 125, 140, 160, 180, 200, 224, 250, 280, 315, 355, 400, 450, 500, 560, 630, 710, 800, 900];

/** Powers of ten at which the decades start, from 0.01 to 10,000 sat/vB. */
const DECADES = [-2, -1, 0, 1, 2, 3, 4];

/**
 * Lower bounds of the ranges of fee rates, sat/vB, ascending: one for all below 0.01, then 20 a decade up to 90,000,
 * which is the last one's.
 */
export const FEE_RATE_BOUNDS: readonly number[] = [
  0,
  // Whole numbers divided once, so that 1.12 becomes 0.112 and not a neighbour of it.
  ...DECADES.flatMap((power) => R20.map((step) => (step * 10 ** Math.max(0, power)) / 10 ** (2 + Math.max(0, -power)))),
];

/** Index of the range that the fee rate lies in. */
export function bucketOf(feeRate: number): number {
  let low = 0;
  let high = FEE_RATE_BOUNDS.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((FEE_RATE_BOUNDS[middle] ?? Number.POSITIVE_INFINITY) <= feeRate) low = middle;
    else high = middle;
  }
  return low;
}
