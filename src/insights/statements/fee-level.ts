import type { Signal } from "#signals";
import type { Statement } from "../statement.ts";
import { comparison, measured, measuredSlots } from "./measured.ts";

/** "Fees stay higher: 8.2 sat/vB over a day, 3.1 is usual". */
export function stateFeeLevel(signal: Signal): Statement {
  const isAbove = signal.direction === "above";
  const { value, baseline } = measured(signal);
  const ratio = isAbove ? value / (baseline ?? 0) : (baseline ?? 0) / value;
  const isKnown = Number.isFinite(ratio);
  return {
    category: "mempool",
    anchor: `${signal.direction} height ${signal.height}`,
    slots: {
      ...measuredSlots(signal),
      blocks: { unit: "count", value: signal.height - signal.startHeight + 1 },
      ...(isKnown ? { ratio: { unit: "ratio", value: ratio } } : {}),
    },
    headline: `The day's fee level ${isAbove ? "rose" : "fell"} to {value}, from {baseline}`,
    summary:
      "The median fee rate of the last {blocks} blocks is {value}, where the days of the two weeks before had {baseline}" +
      `${isKnown ? `: {ratio} times as ${isAbove ? "much" : "little"}` : ""}.` +
      ` That is further ${isAbove ? "above" : "below"} than in {percentile} of the {sample} blocks before.` +
      " It is the level of a whole day, so no single crowded or idle hour makes it.",
    rule: `The fee level of {blocks} blocks ${isAbove ? "rises above" : "falls below"} {level}, which days of the two weeks before would do as often as the budget for false alarms allows.`,
    metrics: comparison(signal),
  };
}
