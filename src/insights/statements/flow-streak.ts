import type { Signal } from "#signals";
import type { Statement } from "../statement.ts";
import { leanSlots, rankOf } from "./lean-slots.ts";
import { comparison } from "./measured.ts";

/** "Varnost Exchange keeps taking in: 30 hours against 4". */
export const stateInflowStreak = (signal: Signal): Statement =>
  stateFlowStreak(signal, { verb: "taking in", counted: "more came to {subject} than left it" });

/** "Varnost Exchange keeps paying out: 30 hours against 4". */
export const stateOutflowStreak = (signal: Signal): Statement =>
  stateFlowStreak(signal, { verb: "paying out", counted: "more left {subject} than came to it" });

function stateFlowStreak(
  signal: Signal,
  { verb, counted }: { readonly verb: string; readonly counted: string },
): Statement {
  return {
    category: "exchange",
    anchor: `${signal.subject?.actor} height ${signal.height}`,
    slots: leanSlots(signal),
    headline: `{subject} keeps ${verb}: {ups} hours against {downs}`,
    summary:
      `In {ups} of the hours since block {from}, ${counted}; in {downs} it was the reverse, and the other hours changed too little to count.` +
      " By its labelled addresses alone and without what it moves between them, {inflow} came and {outflow} left." +
      rankOf(signal),
    rule: "Hours one way, less hours the other way, reach {level}, which even odds and the exchange's own habit would reach as often as the budget for false alarms allows.",
    metrics: comparison(signal),
  };
}
