import { difficultyOf } from "#bitcoin";
import { type Interval, normalIntervals } from "./intervals.ts";
import { changeAfter, projectTimespan } from "./project-timespan.ts";
import { nextBits, PERIOD_BLOCKS } from "./retarget.ts";

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
 * The next difficulty if blocks go on coming as they have in this period. Rules: Core's, with the bounds on a period's
 * length and 2,015 intervals that count as 2,016.
 */
export function projectDifficulty(period: PeriodSoFar): DifficultyProjection {
  const { height, time, startTime, bits, powLimitBits, timespans } = period;
  const elapsed = time - startTime;
  const { missing, expected, deviation } = projectTimespan({ known: height % PERIOD_BLOCKS, elapsed, timespans });
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
