import { meanSpacing, PRIOR_INTERVALS } from "./block-times.ts";
import { driftBetweenParts } from "./hash-rate-drift.ts";
import { clampTimespan, PERIOD_BLOCKS, PERIOD_SECONDS } from "./retarget.ts";

/** A difficulty period as far as it has come. */
type PeriodSoFar = {
  /** Blocks after its first one. */
  readonly known: number;
  /** Seconds that they took, by header times. */
  readonly elapsed: number;
  /** Seconds that the periods before took, as many as are known: by how much they differ the hash rate moves. */
  readonly timespans: readonly number[];
};

/** Seconds from the first block of a period to its last. */
export type ProjectedTimespan = { readonly missing: number; readonly expected: number; readonly deviation: number };

/**
 * How long a difficulty period will have taken if blocks go on coming as they have in it. What is open is the time of the
 * blocks that are missing: they come by chance (Poisson), at a rate that is itself only known from those that came, and that
 * drifts on as it drifted through the periods before.
 */
export function projectTimespan({ known, elapsed, timespans }: PeriodSoFar): ProjectedTimespan {
  const missing = PERIOD_BLOCKS - 1 - known;
  const spacing = meanSpacing(elapsed, known);
  // Of a sum of exponential intervals whose rate has a gamma posterior.
  const byChance = missing * (1 + missing / (known + PRIOR_INTERVALS));
  const deviation = spacing * Math.sqrt(byChance + missing ** 2 * driftBetweenParts(timespans));
  return { missing, expected: elapsed + missing * spacing, deviation };
}

/** By how much difficulty changes after a period of so many seconds: ratio to that of the period, less one. */
export function changeAfter(seconds: number): number {
  return PERIOD_SECONDS / clampTimespan(seconds) - 1;
}
