import type { BlockFeatures } from "#features";
import { logarithmic } from "../baseline/scale.ts";

/** A rate of 0 is possible, so the logarithm is of tenths of a sat/vB. One more is about twice the rate. */
export const RATE_SCALE = logarithmic(0.1);

/** Median fee rate by weight, unrounded, sat/vB; `NaN` for a block without transactions: it has no fee level. */
export function medianFeeRate(features: BlockFeatures): number {
  return features.txs === 1 ? Number.NaN : (features.feerate_percentiles_exact?.[2] ?? Number.NaN);
}
