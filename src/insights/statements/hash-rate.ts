import type { Signal } from "#signals";
import type { Slots } from "../insight.ts";
import type { Statement } from "../statement.ts";
import { comparison, measured, measuredSlots } from "./measured.ts";

/** "The hash rate fell by 31.2 % within a day". */
export function stateHashRate(signal: Signal): Statement {
  const isAbove = signal.direction === "above";
  const { value, baseline } = measured(signal);
  if (baseline === null) throw new Error("a change of the hash rate has a rate before it");
  const slots: Slots = {
    ...measuredSlots(signal),
    change: { unit: "percent", value: 100 * Math.abs(value / baseline - 1) },
    blocks: { unit: "count", value: signal.height - signal.startHeight + 1 },
  };
  return {
    anchor: `${signal.direction} height ${signal.height}`,
    slots,
    headline: `The hash rate ${isAbove ? "rose" : "fell"} by {change}, to {value}`,
    summary:
      `Estimated from difficulty and block times, the last {blocks} blocks were mined at {value}, against {baseline} in the two days before.` +
      (signal.surprise === null
        ? ""
        : ` That is a larger ${isAbove ? "rise" : "fall"} than in {percentile} of the {sample} blocks before.`) +
      ` If it lasts, blocks come ${isAbove ? "faster" : "more slowly"} than they did, until a retarget makes up for it.`,
    rule: `The hash rate of {blocks} blocks ${isAbove ? "rises above" : "falls below"} {level}, which chance alone would do as often as the budget for false alarms allows.`,
    metrics: comparison(signal),
  };
}
