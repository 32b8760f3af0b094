/** sat/vB. */
export type RecommendedFees = {
  readonly fastestFee: number;
  readonly halfHourFee: number;
  readonly hourFee: number;
  readonly economyFee: number;
  readonly minimumFee: number;
};

/** Of a projected block. */
export type MedianBlock = { readonly medianFee: number; readonly fullness: number };

/** Shares of a block up to which it counts as empty, and as not full. */
const HALF = 0.5;
const NEARLY_FULL = 0.95;

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

function roundTo(value: number, step: number): number {
  return Math.round(value / step) * step;
}

/**
 * mempool.space's recommendations, built from the description of `backend/src/api/fee-api.ts` (mempool/mempool of 2025;
 * behaviour, not code): medians of the first three projected blocks, each blended with the one before, scaled down where
 * the last block has room, rounded up to whole sat/vB (`step`), none below the next whole of what the node takes, and none
 * below one that waits longer.
 */
export function recommendFees(blocks: readonly MedianBlock[], minFeeRate: number, step = 1): RecommendedFees {
  const minimum = Math.max(roundUp(minFeeRate, step), step);
  const first = feeOf(blocks, 0, { step, minimum });
  const second = feeOf(blocks, 1, { step, minimum, previous: first });
  const third = feeOf(blocks, 2, { step, minimum, previous: second });
  const economy = Math.max(minimum, Math.min(2 * minimum, third));
  const hour = Math.max(third, economy);
  const halfHour = Math.max(second, hour);
  return {
    fastestFee: roundTo(Math.max(first, halfHour), step),
    halfHourFee: roundTo(halfHour, step),
    hourFee: roundTo(hour, step),
    economyFee: roundTo(economy, step),
    minimumFee: roundTo(minimum, step),
  };
}

type Before = { readonly step: number; readonly minimum: number; readonly previous?: number };

function feeOf(blocks: readonly MedianBlock[], index: number, { step, minimum, previous }: Before): number {
  const block = blocks[index];
  if (block === undefined || block.fullness <= HALF || block.medianFee < minimum) return minimum;
  const { fullness, medianFee } = block;
  const fee = previous === undefined ? medianFee : (medianFee + previous) / 2;
  const hasRoom = fullness <= NEARLY_FULL && blocks[index + 1] === undefined;
  return Math.max(hasRoom ? roundTo(fee * ((fullness - HALF) / HALF), step) : roundUp(fee, step), minimum);
}
