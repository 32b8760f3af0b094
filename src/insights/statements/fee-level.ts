import type { Signal } from "#signals";
import type { Statement } from "../statement.ts";
import { comparison, measuredSlots } from "./measured.ts";

/** "The day's fee level rose to 8.2 sat/vB, from 3.1 sat/vB". */
export function stateFeeLevel(signal: Signal): Statement {
  const isAbove = signal.direction === "above";
  return {
    anchor: `${signal.direction} height ${signal.height}`,
    slots: {
      ...measuredSlots(signal),
      blocks: { unit: "count", value: signal.height - signal.startHeight + 1 },
    },
    headline: `The day's fee level ${isAbove ? "rose" : "fell"} to {value}, from {baseline}`,
    summary:
      "The median fee rate of the last {blocks} blocks is {value}, against a usual {baseline} over the two weeks before." +
      ` That is further ${isAbove ? "above" : "below"} the usual than in {percentile} of the {sample} blocks before.` +
      ` ${isAbove ? "Transactions that pay the earlier level may wait longer than they did." : "Where fees are lower, a transaction that pays little may be mined too."}`,
    rule: `The fee level of {blocks} blocks ${isAbove ? "rises above" : "falls below"} {level}, which days of the two weeks before would do as often as the budget for false alarms allows.`,
    metrics: comparison(signal),
  };
}
