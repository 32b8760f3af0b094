import { medianFeeRate } from "../fees/fee-rates.ts";
import { atLeast, excess, type OutcomeRule, passed } from "./outcome-rule.ts";

const HORIZON_BLOCKS = 12;

/** Whether fees stay where the spike took them. A block without transactions does not pass. */
export const feeSpikeOutcome: OutcomeRule = {
  claim: "In at least half of the blocks from {begin} to {end}, the median fee rate stays above {level}.",
  horizonBlocks: HORIZON_BLOCKS,
  score: excess,
  resolve: (signal, following) => {
    const { level } = passed(signal);
    const held = following.map(({ features }) =>
      features.feerate_percentiles_exact === null ? undefined : medianFeeRate(features) > level,
    );
    return atLeast(HORIZON_BLOCKS / 2, held, HORIZON_BLOCKS);
  },
};
