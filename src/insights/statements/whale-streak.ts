import type { Signal } from "#signals";
import type { Statement } from "../statement.ts";
import { leanSlots, streakTexts } from "./lean-slots.ts";
import { comparison } from "./measured.ts";

/** "Whale 03 keeps receiving: 31 hours against 6, net inflow 4,120 BTC". */
export const stateWhaleAccumulation = (signal: Signal): Statement =>
  stateWhaleStreak(signal, {
    way: "in",
    keeps: "receiving",
    counted: "it received more than it sent",
  });

/** "Whale 03 keeps sending: 31 hours against 6, net outflow 4,120 BTC". */
export const stateWhaleDistribution = (signal: Signal): Statement =>
  stateWhaleStreak(signal, {
    way: "out",
    keeps: "sending",
    counted: "it sent more than it received",
  });

type Words = { readonly way: "in" | "out"; readonly keeps: string; readonly counted: string };

function stateWhaleStreak(signal: Signal, words: Words): Statement {
  const caveat = "; whether coins were bought or sold is not on the chain";
  return {
    anchor: `${signal.subject?.actor} height ${signal.height}`,
    slots: leanSlots(signal),
    ...streakTexts(signal, { ...words, came: "received", left: "sent", caveat }),
    rule: "Hours one way, less hours the other way, reach {level}: more hours that way than the owner's own habit would make as often as the budget for false alarms allows, and a clear majority.",
    metrics: comparison(signal),
  };
}
