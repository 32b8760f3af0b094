import { powerOfTwo } from "./octaves.ts";
import type { Random } from "./random.ts";

/** How much people want block space now: hidden from the chain but for the fee rates that are drawn around it. */
export type FeeDemand = {
  /** Everyday level in octaves above 1 sat/vB. */
  readonly octaves: number;
  /** Octaves that a surge adds. */
  readonly surgeOctaves: number;
  readonly surgeBlocksLeft: number;
  readonly blocksToSurge: number;
};

/** 2.2 octaves are about 4.6 sat/vB. */
const USUAL = 2.2;
const REVERSION = 1 / 24;
const WOBBLE = 0.12;

/** What the hour of day (UTC) adds to the usual level, in octaves. */
const HOUR_OCTAVES = [
  -0.3, -0.38, -0.42, -0.45, -0.42, -0.36, -0.27, -0.15, -0.02, 0.1, 0.2, 0.28, 0.35, 0.41, 0.45, 0.45, 0.42, 0.36,
  0.28, 0.18, 0.08, -0.03, -0.13, -0.22,
] as const;

const SURGE = { blocks: [3, 10], pause: [75, 140] } as const;

export function firstDemand(random: Random): FeeDemand {
  return { octaves: USUAL, surgeOctaves: 0, surgeBlocksLeft: 0, blocksToSurge: random.between(40, 110) };
}

export function nextDemand(demand: FeeDemand, random: Random, time: number): FeeDemand {
  const hour = Math.floor(time / 3600) % 24;
  const target = USUAL + (HOUR_OCTAVES[hour] ?? 0);
  const octaves = demand.octaves + (target - demand.octaves) * REVERSION + random.bell() * WOBBLE;
  return { ...nextSurge(demand, random), octaves };
}

function nextSurge(demand: FeeDemand, random: Random): Omit<FeeDemand, "octaves"> {
  if (demand.surgeBlocksLeft > 1) return { ...demand, surgeBlocksLeft: demand.surgeBlocksLeft - 1 };
  if (demand.blocksToSurge > 1) {
    return { surgeOctaves: 0, surgeBlocksLeft: 0, blocksToSurge: demand.blocksToSurge - 1 };
  }
  return {
    // 2.33 to 4.32 octaves: 5 to 20 times the level.
    surgeOctaves: 2.33 + random.unit() * 1.99,
    surgeBlocksLeft: random.between(...SURGE.blocks),
    blocksToSurge: random.between(...SURGE.pause),
  };
}

/** Octaves above 1 sat/vB that the next block's fee rates are drawn around. */
export function levelOf(demand: FeeDemand): number {
  return demand.octaves + (demand.surgeBlocksLeft > 0 ? demand.surgeOctaves : 0);
}

/** Fee rate of one transaction, sat/vB; `urgency` in octaves above (or below) what others offer. */
export function drawFeeRate(demand: FeeDemand, random: Random, urgency = 0): number {
  return powerOfTwo(levelOf(demand) + urgency + random.bell() * 0.5);
}

/** Transactions that want into the next block. */
export function drawTransactionCount(demand: FeeDemand, random: Random): number {
  const wanted = 14 + 9 * levelOf(demand) + 6 * random.bell();
  return Math.max(20, Math.min(80, Math.round(wanted)));
}
