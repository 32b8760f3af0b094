import type { Signal } from "#signals";
import type { Statement } from "../statement.ts";
import { comparison, measured, measuredSlots } from "./measured.ts";

/** "The reserve of Varnost Exchange fell by 12,000 BTC within a week". */
export function stateReserveChange(signal: Signal): Statement {
  const { value } = measured(signal);
  const verb = signal.direction === "below" ? "fell" : "rose";
  return {
    anchor: `${signal.subject?.actor} height ${signal.height}`,
    slots: {
      ...measuredSlots(signal),
      from: { unit: "height", value: signal.startHeight },
      // With its sign: what is measured has none, and whoever checks a text has to know which way it went.
      change: { unit: "sats", value: signal.direction === "below" ? -value : value },
    },
    headline: `The reserve of {subject} ${verb} by {value} within a week`,
    summary:
      `From block {from} to {height}, the balance of the labelled addresses of {subject} ${verb} by {value}; the median weekly change, up or down, is {baseline}.` +
      " That is more than in {percentile} of the {sample} overlapping weeks that it was compared with." +
      " One large transfer may be enough for it; addresses that nobody has labelled are missing.",
    rule: "The change of the reserve within a week passes {level}, which the same exchange would pass as often as the budget for false alarms allows.",
    metrics: comparison(signal),
  };
}
