import { PERIOD_BLOCKS, PERIOD_SECONDS } from "./retarget.ts";

/**
 * By how much (standard deviation of the logarithm) the hash rate of a difficulty period differs from that of the one
 * before: 6 % on the main network from 2019 to 2026, by the mean of 14 days. Source: Coin Metrics, `HashRate`.
 */
const USUAL_CHANGE = 0.06;

/** It counts as so many observed periods. */
const PRIOR_PERIODS = 6;

/** Chance alone (Poisson) lets two periods' hash rates seem to differ by this variance. */
const BY_CHANCE = 2 / PERIOD_BLOCKS;

/**
 * Variance of the logarithm of the hash rate's mean over the rest of a difficulty period against its mean so far.
 * Difficulty follows each period, so a period's length is its hash rate against that of the one before. A random walk
 * of the logarithm moves the mean of one period against the next by 2/3 of its variance a period, and the mean of two parts
 * that make one period by 1/3, wherever the cut is.
 * @param timespans seconds that the newest whole periods took
 */
export function driftBetweenParts(timespans: readonly number[]): number {
  const squares = timespans.reduce((sum, seconds) => sum + Math.log(seconds / PERIOD_SECONDS) ** 2, 0);
  const seen = (PRIOR_PERIODS * USUAL_CHANGE ** 2 + squares) / (PRIOR_PERIODS + timespans.length);
  return Math.max(0, seen - BY_CHANCE) / 2;
}
