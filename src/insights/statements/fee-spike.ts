import type { Signal } from "#signals";
import type { Statement } from "../statement.ts";
import { comparison, measured, measuredSlots } from "./measured.ts";

/** "Fees rose to 42 sat/vB, 6.1 times the usual". */
export function stateFeeSpike(signal: Signal): Statement {
  const { value, baseline } = measured(signal);
  const ratio = value / (baseline ?? 0);
  const isKnown = Number.isFinite(ratio);
  return {
    anchor: `height ${signal.height}`,
    slots: {
      ...measuredSlots(signal),
      from: { unit: "height", value: signal.startHeight },
      ...(isKnown ? { ratio: { unit: "ratio", value: ratio } } : {}),
    },
    headline: `Fees rose to {value}${isKnown ? ", {ratio} times the usual" : ""}`,
    summary:
      "The median fee rate of blocks {from} to {height} is {value}, against the usual {baseline} of the half day before." +
      " Allowing for the pace of blocks, fees rose more than in {percentile} of the {sample} blocks before." +
      " Transactions that pay the earlier level may wait longer than they did.",
    rule: "The median fee rate passes {level}, which, at this pace of blocks, those of the two weeks before would pass as often as the budget allows.",
    metrics: comparison(signal),
  };
}
