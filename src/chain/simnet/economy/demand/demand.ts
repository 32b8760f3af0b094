import { powerOfTwo } from "../chance/octaves.ts";
import type { Random } from "../chance/random.ts";

/** How much people want to transact now, in octaves around the usual: hidden from the chain but for what they do. */
export type Demand = {
  /** Wanders around 0. */
  octaves: number;
  /** What a wave of interest adds that nobody staged. */
  surgeOctaves: number;
  surgeBlocksLeft: number;
  /** Of each exchange, in the order of EXCHANGES: above 0 its customers rather send than withdraw. */
  readonly leanings: number[];
};

const REVERSION = 1 / 100;
const WOBBLE = 0.04;
const SURGE = { chance: 1 / 700, octaves: [0.7, 1.7], blocks: [6, 24] } as const;
const LEANING = { reversion: 1 / 90, wobble: 0.09 } as const;

/** What the hour of day (UTC) adds, in octaves: the afternoon of Europe and the morning of America are busiest. */
const HOUR_OCTAVES = [
  -0.14, -0.18, -0.2, -0.2, -0.18, -0.15, -0.1, -0.05, 0.0, 0.04, 0.08, 0.1, 0.13, 0.17, 0.2, 0.2, 0.18, 0.15, 0.12,
  0.08, 0.03, -0.03, -0.07, -0.11,
] as const;
const WEEKEND_OCTAVES = -0.14;

export function firstDemand(exchanges: number): Demand {
  return { octaves: 0, surgeOctaves: 0, surgeBlocksLeft: 0, leanings: Array.from({ length: exchanges }, () => 0) };
}

/** Moves on by a block. */
export function moveDemand(demand: Demand, random: Random): void {
  demand.octaves += -demand.octaves * REVERSION + random.bell() * WOBBLE;
  demand.surgeBlocksLeft = Math.max(0, demand.surgeBlocksLeft - 1);
  if (demand.surgeBlocksLeft === 0) demand.surgeOctaves = 0;
  if (demand.surgeBlocksLeft === 0 && random.chance(SURGE.chance)) {
    const [least, most] = SURGE.octaves;
    demand.surgeOctaves = least + random.unit() * (most - least);
    demand.surgeBlocksLeft = random.between(...SURGE.blocks);
  }
  demand.leanings.forEach((leaning, index) => {
    demand.leanings[index] = leaning - leaning * LEANING.reversion + random.bell() * LEANING.wobble;
  });
}

/** Octaves that the hour of the week adds. */
function seasonAt(time: number): number {
  const hours = Math.floor(time / 3600);
  // Day 0 of unix time was a Thursday.
  const weekday = (Math.floor(hours / 24) + 4) % 7;
  return (HOUR_OCTAVES[hours % 24] ?? 0) + (weekday === 0 || weekday === 6 ? WEEKEND_OCTAVES : 0);
}

/** Times the usual number of transactions. */
export function demandFactor(demand: Demand, time: number, stagedOctaves: number): number {
  return powerOfTwo(demand.octaves + demand.surgeOctaves + seasonAt(time) + stagedOctaves);
}
