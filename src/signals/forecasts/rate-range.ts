import { bucketOf, FEE_RATE_BOUNDS } from "#bitcoin";

/** sat/vB. */
export type RateRange = { readonly from: number; readonly to: number };

/** The lowest range begins at 0 and the highest has no end: they are taken as wide as their neighbours. */
const WIDTH = 1.12;

/** The range of a mempool's histogram that begins at this bound. */
export function rangeFrom(bound: number): RateRange {
  const to = FEE_RATE_BOUNDS[bucketOf(bound) + 1] ?? bound * WIDTH;
  return { from: bound > 0 ? bound : to / WIDTH, to };
}

/** The range that a fee rate lies in. */
export function rangeOf(feeRate: number): RateRange {
  return rangeFrom(FEE_RATE_BOUNDS[bucketOf(feeRate)] ?? 0);
}
