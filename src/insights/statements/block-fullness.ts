import type { Signal } from "#signals";
import type { Statement } from "../statement.ts";
import { comparison, measuredSlots } from "./measured.ts";

/** "Block 840,000 is unusually empty: 12,345 WU". */
export function stateBlockFullness(signal: Signal): Statement {
  const isAbove = signal.direction === "above";
  return {
    anchor: `height ${signal.height}`,
    slots: measuredSlots(signal),
    headline: `Block {height} is unusually ${isAbove ? "full" : "empty"}: {value}`,
    summary:
      "The transactions of block {height} weigh {value}, against the usual {baseline} of the week before." +
      ` That is further ${isAbove ? "above" : "below"} the usual than in {percentile} of the {sample} blocks before.` +
      ` ${isAbove ? "How much is still waiting, the block alone does not tell." : "Whether little waited or its miner left it out, the block alone does not tell."}`,
    rule: `The block weighs ${isAbove ? "more" : "less"} than {level}, which blocks of the two weeks before would do as often as the budget for false alarms allows.`,
    metrics: comparison(signal),
  };
}
