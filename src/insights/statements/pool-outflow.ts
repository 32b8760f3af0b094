import type { Signal } from "#signals";
import type { Statement } from "../statement.ts";
import { besideUsual, comparison, measured, measuredSlots } from "./measured.ts";

/** "Alder Pool sent 620 BTC to labelled owners". */
export const stateTreasurySale = (signal: Signal): Statement =>
  statePoolOutflow(signal, {
    headline: "{subject} sent {value} to other labelled owners",
    meaning: "Where coins went to exchanges it may be a sale; whether they were sold is not on the chain.",
  });

/** "Alder Pool paid 31 BTC to unlabelled owners". */
export const stateMinerPayout = (signal: Signal): Statement =>
  statePoolOutflow(signal, {
    headline: "{subject} paid {value} to unlabelled owners",
    meaning: "It may be a payment to those who mine with it, or a move to an address that nobody has labelled.",
  });

function statePoolOutflow(
  signal: Signal,
  { headline, meaning }: { readonly headline: string; readonly meaning: string },
): Statement {
  return {
    anchor: `${signal.subject?.actor} height ${signal.height}`,
    slots: {
      ...measuredSlots(signal),
      blocks: { unit: "count", value: signal.height - signal.startHeight + 1 },
      from: { unit: "height", value: signal.startHeight },
    },
    headline,
    summary:
      `From block {from} to {height}, ${headline}, counted by its labelled addresses${besideUsual(measured(signal).baseline)}.` +
      ` That is more than in {percentile} of the {sample} earlier spans of {blocks} blocks. ${meaning}`,
    rule: "What the pool sends within {blocks} blocks passes {level}, which the same pool would pass as often as the budget for false alarms allows.",
    metrics: comparison(signal),
  };
}
