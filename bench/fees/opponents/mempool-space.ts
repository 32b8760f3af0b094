import type { ProjectedBlock } from "#bitcoin";

/**
 * mempool.space's recommendations, rebuilt from the description of `backend/src/api/fee-api.ts` (mempool/mempool of 2025;
 * behaviour, not code): medians of the first three projected blocks, each blended with the one before, scaled down
 * where the last block has room, rounded up to whole sat/vB. `precise` is `/api/v1/fees/precise`: steps of a thousandth
 * and a surcharge for the two that hurry.
 */
export type Recommendation = {
  readonly fastestFee: number;
  readonly halfHourFee: number;
  readonly hourFee: number;
  readonly economyFee: number;
  readonly minimumFee: number;
};

export type MedianBlock = { readonly medianFee: number; readonly weight: number };

type Rules = { readonly minFeeRate: number; readonly blockWeight: number; readonly step: number };

const WHOLE = 1;
const PRECISE = 0.001;
/** Shares of a block up to which it counts as empty, and as not full. */
const HALF = 0.5;
const NEARLY_FULL = 0.95;

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

function roundTo(value: number, step: number): number {
  return Math.round(value / step) * step;
}

export function recommend(blocks: readonly MedianBlock[], node: Omit<Rules, "step">, step = WHOLE): Recommendation {
  const rules = { ...node, step };
  const minimum = Math.max(roundUp(node.minFeeRate, step), step);
  const first = medianOf(blocks, 0, { rules, minimum });
  const second = medianOf(blocks, 1, { rules, minimum, previous: first });
  const third = medianOf(blocks, 2, { rules, minimum, previous: second });
  const economy = Math.max(minimum, Math.min(2 * minimum, third));
  const hour = Math.max(minimum, third, economy);
  const halfHour = Math.max(minimum, second, hour);
  const fastest = Math.max(minimum, first, halfHour);
  return {
    fastestFee: roundTo(fastest, step),
    halfHourFee: roundTo(halfHour, step),
    hourFee: roundTo(hour, step),
    economyFee: roundTo(economy, step),
    minimumFee: roundTo(minimum, step),
  };
}

export function recommendPrecisely(blocks: readonly MedianBlock[], node: Omit<Rules, "step">): Recommendation {
  const fees = recommend(blocks, node, PRECISE);
  const fastestFee = Math.max(fees.fastestFee + 0.5, 1);
  const halfHourFee = Math.max(fees.halfHourFee + 0.25, 0.5);
  return { ...fees, fastestFee, halfHourFee };
}

type Before = { readonly rules: Rules; readonly minimum: number; readonly previous?: number };

function medianOf(blocks: readonly MedianBlock[], index: number, { rules, minimum, previous }: Before): number {
  const block = blocks[index];
  if (block === undefined) return minimum;
  const { blockWeight, step } = rules;
  const fullness = block.weight / blockWeight;
  if (fullness <= HALF || block.medianFee < minimum) return minimum;
  const fee = previous === undefined ? block.medianFee : (block.medianFee + previous) / 2;
  if (fullness <= NEARLY_FULL && blocks[index + 1] === undefined) {
    return Math.max(roundTo(fee * ((fullness - HALF) / HALF), step), minimum);
  }
  return Math.max(roundUp(fee, step), minimum);
}

const POINTS = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1];

/** Its median is the rate where half of a *full* block's weight is reached, counted from the cheapest. */
export function medianBlock({ weight, feeRates }: ProjectedBlock, blockWeight: number): MedianBlock {
  const share = (HALF * blockWeight) / Math.min(weight, blockWeight);
  if (share > 1) return { medianFee: 0, weight };
  const upper = Math.max(
    1,
    POINTS.findIndex((point) => point >= share),
  );
  const [low = 0, high = 1] = [POINTS[upper - 1], POINTS[upper]];
  const [from = 0, to = 0] = [feeRates[upper - 1], feeRates[upper]];
  return { medianFee: from + ((to - from) * (share - low)) / (high - low), weight };
}
