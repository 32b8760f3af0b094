import type { RateRange } from "./rate-range.ts";
import { wholeWithin } from "./whole-rates.ts";

/** One range of package fee rates: what waits in it and what comes. */
export type RateCell = RateRange & {
  /** Weight units. */
  readonly waiting: number;
  /** Weight units a second, lately and over the long run. */
  readonly recent: number;
  readonly usual: number;
};

export type Mining = {
  /** Weight that a miner fills. */
  readonly blockWeight: number;
  /** Seconds until each block, from the one before. */
  readonly intervals: ArrayLike<number>;
  /** Times what is known that comes. */
  readonly inflowFactor: number;
  /** Seconds after which what comes is by half what it was lately and by half what is usual. */
  readonly memorySeconds: number;
  /** Of the weight in a range that a whole sat/vB lies in, the share that offers just that: many wallets know no others. */
  readonly wholeShare: number;
};

/** Of a block's weight, what lies below its low rate. */
const LOW_SHARE = 0.05;

/**
 * Mines blocks from what waits and comes, dearest first, and tells the low rate of each: the fee rate below which 5 % of
 * its weight lies. Below that nearly nothing gets in.
 * @param cells dearest first
 * @param low where the rates are written, sat/vB; `NaN` of a block that nothing is in
 */
export function projectLowRates(cells: readonly RateCell[], mining: Mining, low: Float64Array): void {
  const { blockWeight, intervals, inflowFactor, memorySeconds, wholeShare } = mining;
  const left = Float64Array.from(cells, ({ waiting }) => waiting);
  const mined = new Float64Array(cells.length);
  let time = 0;
  for (let block = 0; block < low.length; block += 1) {
    const seconds = intervals[block] ?? 0;
    const share = 2 ** (-(time + seconds / 2) / memorySeconds);
    time += seconds;
    let room = blockWeight;
    let cheapest = -1;
    for (const [index, cell] of cells.entries()) {
      const here = (left[index] ?? 0) + seconds * inflowFactor * (cell.usual + (cell.recent - cell.usual) * share);
      const taken = Math.min(here, room);
      mined[index] = taken;
      left[index] = here - taken;
      room -= taken;
      if (taken > 0) cheapest = index;
    }
    low[block] = lowRate(cells, { mined, left, cheapest, wholeShare }, LOW_SHARE * (blockWeight - room));
  }
}

type Mined = {
  readonly mined: Float64Array;
  readonly left: Float64Array;
  readonly cheapest: number;
  readonly wholeShare: number;
};

function lowRate(cells: readonly RateCell[], { mined, left, cheapest, wholeShare }: Mined, wanted: number): number {
  let reached = 0;
  for (let index = cheapest; index >= 0; index -= 1) {
    const here = mined[index] ?? 0;
    const cell = cells[index];
    if (cell !== undefined && here > 0 && reached + here >= wanted) {
      const cheaper = left[index] ?? 0;
      return rateWithin(cell, (cheaper + wanted - reached) / (here + cheaper), wholeShare);
    }
    reached += here;
  }
  return Number.NaN;
}

/** The rate below which this share of a range's weight lies: a heap at the whole number in it, the rest evenly by ratio. */
function rateWithin({ from, to }: RateCell, share: number, wholeShare: number): number {
  const whole = wholeWithin({ from, to });
  const evenly = (part: number): number => from * (to / from) ** part;
  if (whole === undefined) return evenly(share);
  const spread = 1 - wholeShare;
  const before = spread * (Math.log(whole / from) / Math.log(to / from));
  if (share < before) return evenly(share / spread);
  return share <= before + wholeShare ? whole : evenly((share - wholeShare) / spread);
}
