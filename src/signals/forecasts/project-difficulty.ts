import { difficultyOf } from "#bitcoin";
import { meanSpacing, PRIOR_INTERVALS } from "./block-times.ts";
import { driftBetweenParts } from "./hash-rate-drift.ts";
import { type Interval, normalIntervals } from "./intervals.ts";
import { clampTimespan, nextBits, PERIOD_BLOCKS, PERIOD_SECONDS } from "./retarget.ts";

/** What has to be known of headers. */
export type PeriodSoFar = {
  readonly height: number;
  /** Of the tip. */
  readonly time: number;
  /** Of the first block of the tip's difficulty period. */
  readonly startTime: number;
  /** Compact target of the period. */
  readonly bits: number;
  /** The network's highest. */
  readonly powLimitBits: number;
  /** Seconds that the periods before took, as many as are known: by how much they differ the hash rate moves. */
  readonly timespans: readonly number[];
};

export type DifficultyProjection = {
  /** First block of the next period. */
  readonly height: number;
  /** When its parent is expected, unix seconds by header times. */
  readonly time: number;
  readonly bits: number;
  readonly difficulty: number;
  /** Ratio to today's difficulty, less one. */
  readonly change: number;
  /** Of the change. */
  readonly intervals: readonly Interval[];
};

/**
 * The next difficulty if blocks go on coming as they have in this period. What is open is the time of the blocks that are
 * missing: they come by chance (Poisson), at a rate that is itself only known from those that came, and that drifts on
 * as it drifted through the periods before. Rules: Core's, with the bounds on a period's length and 2,015 intervals that
 * count as 2,016.
 */
export function projectDifficulty(period: PeriodSoFar): DifficultyProjection {
  const { height, time, startTime, bits, powLimitBits, timespans } = period;
  const known = height % PERIOD_BLOCKS;
  const missing = PERIOD_BLOCKS - 1 - known;
  const spacing = meanSpacing(time - startTime, known);
  const expected = time - startTime + missing * spacing;
  // Of a sum of exponential intervals whose rate has a gamma posterior.
  const byChance = missing * (1 + missing / (known + PRIOR_INTERVALS));
  const deviation = spacing * Math.sqrt(byChance + missing ** 2 * driftBetweenParts(timespans));
  const changeAfter = (seconds: number): number => PERIOD_SECONDS / clampTimespan(seconds) - 1;
  const next = nextBits(bits, Math.round(expected), powLimitBits);
  const difficulty = difficultyOf(next);
  return {
    height: height + missing + 1,
    time: Math.round(startTime + expected),
    bits: next,
    difficulty,
    change: difficulty / difficultyOf(bits) - 1,
    intervals: normalIntervals(expected, deviation).map(({ level, low, high }) => ({
      level,
      low: changeAfter(high),
      high: changeAfter(low),
    })),
  };
}
