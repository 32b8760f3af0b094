import { type MedianBlock, type ProjectedBlock, recommendFees, type RecommendedFees } from "#bitcoin";

const PRECISE = 0.001;
const HALF = 0.5;

/** `/api/v1/fees/precise`: steps of a thousandth, and a surcharge for the two that hurry. */
export function recommendPrecisely(blocks: readonly MedianBlock[], minFeeRate: number): RecommendedFees {
  const fees = recommendFees(blocks, minFeeRate, PRECISE);
  const fastestFee = Math.max(fees.fastestFee + 0.5, 1);
  const halfHourFee = Math.max(fees.halfHourFee + 0.25, 0.5);
  return { ...fees, fastestFee, halfHourFee };
}

const POINTS = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1];

/** Its median is the rate where half of a *full* block's weight is reached, counted from the cheapest. */
export function medianBlock({ weight, feeRates }: ProjectedBlock, blockWeight: number): MedianBlock {
  const share = (HALF * blockWeight) / Math.min(weight, blockWeight);
  const fullness = weight / blockWeight;
  if (share > 1) return { medianFee: 0, fullness };
  const upper = Math.max(
    1,
    POINTS.findIndex((point) => point >= share),
  );
  const [low = 0, high = 1] = [POINTS[upper - 1], POINTS[upper]];
  const [from = 0, to = 0] = [feeRates[upper - 1], feeRates[upper]];
  return { medianFee: from + ((to - from) * (share - low)) / (high - low), fullness };
}
