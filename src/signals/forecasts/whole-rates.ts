import { type RateRange, rangeOf } from "./rate-range.ts";

/** Ranges above hold several whole numbers. */
const HIGHEST = 18;
/** Relative: fees are whole satoshis, so a rate is seldom whole exactly. */
const NEARLY = 0.002;

/** Before anything is known, half of so many blocks count as ending at a whole rate. */
const PRIOR_BLOCKS = 20;

/** Whole sat/vB in the range; `undefined` where there is none. */
export function wholeWithin({ from, to }: RateRange): number | undefined {
  const whole = Math.max(1, Math.ceil(from));
  return whole < to ? whole : undefined;
}

/**
 * Of the low rates that lie in a range with a whole number in it, the share that are that number: how many offer whole
 * sat/vB, where it matters.
 */
export function wholeShareOf(lowRates: Iterable<number>): number {
  let inRange = PRIOR_BLOCKS;
  let whole = PRIOR_BLOCKS / 2;
  for (const rate of lowRates) {
    const number = wholeWithin(rangeOf(rate));
    if (rate > HIGHEST || number === undefined) continue;
    inRange += 1;
    if (Math.abs(rate / number - 1) < NEARLY) whole += 1;
  }
  return whole / inRange;
}
