import type { Signal } from "#signals";
import type { Statement } from "../statement.ts";
import { comparison, measuredSlots } from "./measured.ts";

/** "3,200 BTC came to Varnost Exchange within 9 blocks". */
export const stateInflowSpike = (signal: Signal): Statement =>
  stateFlowSpike(signal, { verb: "came to", noun: "inflow" });

/** "3,200 BTC left Varnost Exchange within 9 blocks". */
export const stateOutflowSpike = (signal: Signal): Statement =>
  stateFlowSpike(signal, { verb: "left", noun: "outflow" });

function stateFlowSpike(signal: Signal, { verb, noun }: { readonly verb: string; readonly noun: string }): Statement {
  const [, total] = signal.metrics;
  if (total === undefined) throw new Error(`a ${signal.kind} says how much there was in all`);
  return {
    category: "exchange",
    anchor: `${signal.subject?.actor} height ${signal.height}`,
    slots: {
      ...measuredSlots(signal),
      total: { unit: "sats", value: total.value },
      blocks: { unit: "count", value: signal.height - signal.startHeight + 1 },
      from: { unit: "height", value: signal.startHeight },
    },
    headline: `{total} ${verb} {subject} within {blocks} blocks`,
    summary:
      `In the blocks from {from} to {height}, {total} ${verb} {subject}, counted by its labelled addresses; what it moves between its own is left out.` +
      ` Without the largest transfers it is {value}, where {baseline} is usual: more than in {percentile} of the {sample} blocks before.` +
      ` Addresses that nobody has labelled are missing from this ${noun}.`,
    rule: `Without its largest transfers the ${noun} of {blocks} blocks passes {level}, which the same exchange would pass as often as the budget for false alarms allows.`,
    metrics: comparison(signal),
  };
}
