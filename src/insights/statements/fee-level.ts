import type { Signal } from "#signals";
import type { Statement } from "../statement.ts";
import { comparison, measuredSlots } from "./measured.ts";

/** "The day's fee level rose to 8.2 sat/vB, from 3.1 sat/vB". */
export function stateFeeLevel(signal: Signal): Statement {
  const isAbove = signal.direction === "above";
  return {
    category: "mempool",
    anchor: `${signal.direction} height ${signal.height}`,
    slots: {
      ...measuredSlots(signal),
      blocks: { unit: "count", value: signal.height - signal.startHeight + 1 },
    },
    headline: `The day's fee level ${isAbove ? "rose" : "fell"} to {value}, from {baseline}`,
    summary:
      "The median fee rate of the last {blocks} blocks is {value}; over the two weeks before, a day's was {baseline}." +
      ` It lies further ${isAbove ? "above" : "below"} the usual than in {percentile} of the {sample} blocks before.` +
      " It is the level of a whole day, which no single crowded or idle hour makes.",
    rule: `The fee level of {blocks} blocks ${isAbove ? "rises above" : "falls below"} {level}, which days of the two weeks before would do as often as the budget for false alarms allows.`,
    metrics: comparison(signal),
  };
}
