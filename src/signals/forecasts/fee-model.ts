import type { MempoolSnapshot } from "#bitcoin";
import { spreadFactors, spreadIntervals } from "./block-times.ts";
import type { InflowHistory } from "./inflow.ts";
import { projectLowRates } from "./project-low-rates.ts";
import { cellsOf } from "./rate-cells.ts";

/** After an hour, what comes is by half what it was lately and by half what is usual. */
const MEMORY_SECONDS = 3_600;

export type FeeModel = {
  /** log2 of sat/vB: from where errors are counted. */
  readonly center: number;
  /** log2 of sat/vB: what each path took, ascending; empty for a target of which they say little. */
  readonly paths: readonly number[];
  /** What the forecast's uncertainty may depend on: see {@link CIRCUMSTANCE_WIDTHS}. */
  readonly circumstances: readonly number[];
};

/**
 * In octaves: the level itself; how much more than it the middle of the next block pays, which tells how many are in a
 * hurry; and how far the paths lie apart.
 */
export const CIRCUMSTANCE_WIDTHS = [0.7, 0.3, 0.3];

/** What is the same for all targets. */
export type MiningState = {
  readonly snapshot: MempoolSnapshot;
  readonly inflow: InflowHistory;
  readonly blockWeight: number;
  /** Mean seconds between blocks. */
  readonly spacing: number;
  /** See `wholeShareOf`. */
  readonly wholeShare: number;
};

/** Blocks. What waits now says little about the cheapest hour of a day: beyond, what it took before is all there is. */
const LONG_TARGET = 36;
/** By so much less circumstances matter then: outcomes overlap, and few are of their own. */
const LESS = 0.25;

/**
 * Mines the next blocks from what waits and what will come, along paths of block times that stand for all; of each path
 * the lowest of the blocks' low rates is what it took. `undefined` where nothing waits and nothing came.
 */
export function modelFees(state: MiningState, targets: readonly number[]): (FeeModel | undefined)[] {
  const { snapshot, inflow, spacing } = state;
  const cells = cellsOf(snapshot, inflow);
  const middleOfNext = Math.log2(snapshot.projectedBlocks[0]?.feeRates[3] ?? Number.NaN);
  return targets.map((target) => {
    const low = new Float64Array(target);
    const lowest = pathsFor(target).flatMap((path) => {
      const intervals = path.intervals.map((interval) => interval * spacing);
      const mining = { ...state, intervals, inflowFactor: path.inflowFactor, memorySeconds: MEMORY_SECONDS };
      projectLowRates(cells, mining, low);
      const known = low.filter((rate) => rate > 0);
      return known.length === 0 ? [] : [Math.log2(known.reduce((least, rate) => Math.min(least, rate)))];
    });
    if (lowest.length === 0) return undefined;
    lowest.sort((left, right) => left - right);
    const at = (share: number): number => lowest[Math.floor(share * lowest.length)] ?? 0;
    const center = at(0.5);
    const hurry = Number.isFinite(middleOfNext) ? middleOfNext - center : 0;
    if (target > LONG_TARGET) {
      return { center: 0, paths: [], circumstances: [LESS * center, 0, 0] };
    }
    return { center, paths: lowest, circumstances: [center, hurry, at(0.9) - at(0.1)] };
  });
}

/** How far what comes may be off what came, in octaves. */
const INFLOW_SPREAD = 0.3;

/** One in so many paths is enough for a long target. */
const SPARSE = 10;

type Path = { readonly intervals: Float64Array; readonly inflowFactor: number };

const PATHS = new Map<number, readonly Path[]>();

/** The same for each forecast, so made once. */
function pathsFor(target: number): readonly Path[] {
  const known = PATHS.get(target);
  if (known !== undefined) return known;
  const factors = spreadFactors(INFLOW_SPREAD);
  const all = spreadIntervals(target).map((intervals, path) => ({ intervals, inflowFactor: factors[path] ?? 1 }));
  // Over many blocks paths differ little.
  const made = all.filter((_, path) => target <= LONG_TARGET || path % SPARSE === 0);
  PATHS.set(target, made);
  return made;
}
