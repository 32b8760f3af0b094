import type { Signal } from "#signals";
import type { Statement } from "../statement.ts";
import { leanSlots, streakTexts } from "./lean-slots.ts";
import { comparison } from "./measured.ts";

/** "Varnost Exchange keeps taking in: 30 hours against 4, net inflow 4,120 BTC". */
export const stateInflowStreak = (signal: Signal): Statement =>
  stateFlowStreak(signal, { way: "in", keeps: "taking in", counted: "more came to it than left" });

/** "Varnost Exchange keeps paying out: 30 hours against 4, net outflow 4,120 BTC". */
export const stateOutflowStreak = (signal: Signal): Statement =>
  stateFlowStreak(signal, { way: "out", keeps: "paying out", counted: "more left it than came" });

type Words = { readonly way: "in" | "out"; readonly keeps: string; readonly counted: string };

function stateFlowStreak(signal: Signal, words: Words): Statement {
  const caveat = "; whether coins were traded is not on the chain";
  return {
    anchor: `${signal.subject?.actor} height ${signal.height}`,
    slots: leanSlots(signal),
    ...streakTexts(signal, { ...words, came: "took in", left: "paid out", caveat }),
    rule: "Hours one way, less hours the other way, reach {level}, which even odds and the exchange's own habit would reach as often as the budget for false alarms allows.",
    metrics: comparison(signal),
  };
}
