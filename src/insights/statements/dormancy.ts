import type { Signal } from "#signals";
import type { Statement } from "../statement.ts";
import { comparison, measured, measuredSlots } from "./measured.ts";

/** "Older coins are spent: 2.4 days at the median, 2.1 times the usual". */
export function stateDormancy(signal: Signal): Statement {
  const { value, baseline } = measured(signal);
  const ratio = value / (baseline ?? 0);
  const isKnown = Number.isFinite(ratio);
  return {
    anchor: `height ${signal.height}`,
    slots: {
      ...measuredSlots(signal),
      ...(isKnown ? { ratio: { unit: "ratio", value: ratio } } : {}),
      from: { unit: "height", value: signal.startHeight },
    },
    headline: `Older coins are spent: {value} at the median${isKnown ? ", {ratio} times the usual" : ""}`,
    summary:
      "In half of the blocks from {from} to {height} the coins spent had lain still for {value} or longer on average, against the usual {baseline}." +
      " That is older than in {percentile} of the {sample} blocks before. It comes from many blocks, not from a few large transfers.",
    rule: "The median dormancy of the blocks passes {level}, which those of the two weeks before would pass as often as the budget for false alarms allows.",
    metrics: comparison(signal),
  };
}
