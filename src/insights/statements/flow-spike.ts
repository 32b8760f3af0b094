import type { Signal } from "#signals";
import type { Statement } from "../statement.ts";
import { besideUsual, comparison, measured, measuredSlots } from "./measured.ts";

/** "3,200 BTC came to Varnost Exchange within 9 blocks". */
export const stateInflowSpike = (signal: Signal): Statement =>
  stateFlowSpike(signal, {
    verb: "came to",
    action: "took in",
    noun: "inflow",
    meaning: "Coins at an exchange can be traded there; whether they are is not on the chain.",
  });

/** "3,200 BTC left Varnost Exchange within 9 blocks". */
export const stateOutflowSpike = (signal: Signal): Statement =>
  stateFlowSpike(signal, {
    verb: "left",
    action: "paid out",
    noun: "outflow",
    meaning: "Coins that left an exchange cannot be traded there; where they are kept now is not on the chain.",
  });

type Words = { readonly verb: string; readonly action: string; readonly noun: string; readonly meaning: string };

function stateFlowSpike(signal: Signal, { verb, action, noun, meaning }: Words): Statement {
  const [, total, compared] = signal.metrics;
  if (total === undefined) throw new Error(`a ${signal.kind} says how much there was in all`);
  const blocks = signal.height - signal.startHeight + 1;
  // One that goes on is longer than what it was compared with.
  const without =
    compared === undefined
      ? `Without the largest transfers the ${noun} is {value}`
      : `In the last {span} blocks, without the largest transfers, the ${noun} is {value}`;
  return {
    anchor: `${signal.subject?.actor} height ${signal.height}`,
    slots: {
      ...measuredSlots(signal),
      total: { unit: "sats", value: total.value },
      blocks: { unit: "count", value: blocks },
      span: { unit: "count", value: compared?.value ?? blocks },
      from: { unit: "height", value: signal.startHeight },
    },
    headline: `{total} ${verb} {subject} within {blocks} blocks`,
    summary:
      `From block {from} to {height}, {subject} ${action} {total}, counted by its labelled addresses alone and without moves between them.` +
      ` ${without}${besideUsual(measured(signal).baseline)} in the same time: more than in {percentile} of the {sample} blocks before.` +
      ` ${meaning}`,
    rule: `Without its largest transfers the ${noun} of {span} blocks passes {level}, which the same exchange would pass as often as the budget for false alarms allows.`,
    metrics: comparison(signal),
  };
}
