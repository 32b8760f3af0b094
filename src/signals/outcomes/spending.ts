import { median } from "../baseline/median.ts";
import { coinDaysMoved } from "../spending/change-hands.ts";
import { atLeast, excess, type OutcomeRule, passed } from "./outcome-rule.ts";

const TWO_DAYS = 288;
const ONE_DAY = 144;

/** Whether more of the kind follows. */
export const coinDaysDestroyedOutcome: OutcomeRule = {
  claim: "One of the blocks from {begin} to {end} destroys {half} or more.",
  horizonBlocks: TWO_DAYS,
  score: excess,
  resolve: (signal, following) => {
    const half = passed(signal).level / 2;
    const held = following.map((row) => {
      const moved = coinDaysMoved(row);
      return Number.isNaN(moved) ? undefined : moved >= half;
    });
    return atLeast(1, held, TWO_DAYS);
  },
};

/** Whether what is spent stays older than it was. Blocks that spend nothing have no dormancy, and are left out. */
export const dormancyOutcome: OutcomeRule = {
  claim: "The median dormancy of blocks {begin} to {end} stays above {baseline}.",
  horizonBlocks: ONE_DAY,
  score: excess,
  resolve: (signal, following) => {
    if (following.length < ONE_DAY) return undefined;
    const known = following.flatMap(({ features: { dormancy } }) => dormancy ?? []);
    if (known.length < ONE_DAY / 2) return undefined;
    return median(known.toSorted((left, right) => left - right)) > (passed(signal).baseline ?? Number.NaN);
  },
};
