import type { Signal } from "#signals";
import type { Statement } from "../statement.ts";
import { leanSlots, rankOf } from "./lean-slots.ts";
import { comparison } from "./measured.ts";

/** "Whale 03 keeps receiving: 31 hours against 6 within 720 blocks". */
export const stateWhaleAccumulation = (signal: Signal): Statement =>
  stateWhaleStreak(signal, { verb: "receiving", counted: "received more than it sent" });

/** "Whale 03 keeps sending: 31 hours against 6 within 720 blocks". */
export const stateWhaleDistribution = (signal: Signal): Statement =>
  stateWhaleStreak(signal, { verb: "sending", counted: "sent more than it received" });

function stateWhaleStreak(
  signal: Signal,
  { verb, counted }: { readonly verb: string; readonly counted: string },
): Statement {
  return {
    category: "whale",
    anchor: `${signal.subject?.actor} height ${signal.height}`,
    slots: leanSlots(signal),
    headline: `{subject} keeps ${verb}: {ups} hours against {downs}`,
    summary:
      `In {ups} of the hours since block {from}, {subject} ${counted}; in {downs} it was the reverse, and the other hours changed too little to count.` +
      " In all it received {inflow} and sent {outflow}, counted by its labelled addresses; whether coins were bought or sold is not on the chain." +
      rankOf(signal),
    rule: "Hours one way, less hours the other way, reach {level}: more hours that way than the owner's own habit would make as often as the budget for false alarms allows, and a clear majority.",
    metrics: comparison(signal),
  };
}
