import type { Signal } from "#signals";
import type { Statement } from "../statement.ts";
import { comparison, measuredSlots } from "./measured.ts";

/** "Block 840,000 is unusually empty: 12,345 WU". */
export function stateBlockFullness(signal: Signal): Statement {
  const isAbove = signal.direction === "above";
  return {
    category: "network",
    anchor: `height ${signal.height}`,
    slots: measuredSlots(signal),
    headline: `Block {height} is unusually ${isAbove ? "full" : "empty"}: {value}`,
    summary:
      "The transactions of block {height} weigh {value}, where {baseline} was usual over the week before." +
      ` That is further ${isAbove ? "above" : "below"} the usual than in {percentile} of the {sample} blocks before.` +
      ` ${isAbove ? "It took more than blocks usually do." : "Whether little waited or its miner left it out, the block alone does not tell."}`,
    rule: `The block weighs ${isAbove ? "more" : "less"} than {level}, which blocks of the two weeks before would do as often as the budget for false alarms allows.`,
    metrics: comparison(signal),
  };
}
