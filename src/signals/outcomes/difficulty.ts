import { OUTLOOK_BLOCKS } from "../miners/difficulty-outlook.ts";
import type { Signal } from "../signal.ts";
import { excess, type OutcomeRule } from "./outcome-rule.ts";

/** Whether the next difficulty differs as far as was foretold, and the same way. */
export const difficultyOutlookOutcome: OutcomeRule = {
  claim: ({ direction }) =>
    `The difficulty of block {end} is ${direction === "below" ? "lower" : "higher"} than that of block {height}, by {least} or more.`,
  horizonBlocks: OUTLOOK_BLOCKS,
  // What passes its level by more is changed less by the blocks that are missing.
  score: excess,
  resolve: (signal, following) => {
    const [before, after] = [following[0], following[OUTLOOK_BLOCKS - 1]];
    if (before === undefined || after === undefined) return undefined;
    const change = after.features.difficulty / before.features.difficulty - 1;
    return (signal.direction === "below" ? -change : change) >= leastOf(signal);
  },
};

/** A share of the difficulty. */
function leastOf({ kind, metrics: [, least] }: Signal): number {
  if (least === undefined) throw new Error(`a signal of kind ${kind} says how far it goes at least`);
  return least.value / 100;
}
