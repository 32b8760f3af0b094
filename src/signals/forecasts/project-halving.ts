import { TARGET_SPACING } from "./block-times.ts";
import { type Interval, normalIntervals } from "./intervals.ts";
import { PERIOD_BLOCKS, PERIOD_SECONDS } from "./retarget.ts";

export type HalvingAhead = {
  readonly height: number;
  /** Header time of the tip, unix seconds. */
  readonly time: number;
  /** The network's, blocks. */
  readonly halvingInterval: number;
  /** Seconds that the last difficulty periods took; the more are known, the less the protocol's two weeks count. */
  readonly timespans: readonly number[];
};

export type HalvingProjection = {
  /** First block with half the subsidy. */
  readonly height: number;
  readonly blocks: number;
  /** Unix seconds. */
  readonly time: number;
  /** Of the time. */
  readonly intervals: readonly Interval[];
};

/** Two weeks by the protocol count as so many observed periods. */
const PRIOR_PERIODS = 6;

/**
 * When the subsidy halves next. Retargeting holds periods near two weeks, less by what the hash rate grows in each: so
 * time goes on as in the last periods, and its spread is that of chance (Poisson), of the periods around their mean,
 * and of how well that mean is known.
 */
export function projectHalving({ height, time, halvingInterval, timespans }: HalvingAhead): HalvingProjection {
  const next = (Math.floor(height / halvingInterval) + 1) * halvingInterval;
  const blocks = next - height;
  const periods = blocks / PERIOD_BLOCKS;
  const count = timespans.length + PRIOR_PERIODS;
  const mean = (timespans.reduce((sum, span) => sum + span, 0) + PRIOR_PERIODS * PERIOD_SECONDS) / count;
  // Chance alone gives each period this spread; observed ones bring theirs.
  const byChance = PERIOD_BLOCKS * TARGET_SPACING ** 2;
  const squares = timespans.reduce((sum, span) => sum + (span - mean) ** 2, PRIOR_PERIODS * byChance);
  const variance = Math.max(byChance, squares / count);
  const expected = time + periods * mean;
  const deviation = Math.sqrt(periods * variance + (periods ** 2 * variance) / count);
  return { height: next, blocks, time: Math.round(expected), intervals: normalIntervals(expected, deviation) };
}
