import type { Signal } from "#signals";
import type { Slots } from "../insight.ts";
import { measuredSlots } from "./measured.ts";

/** Slots of a signal that counted hours up and down: `ups`, `downs`, `inflow`, `outflow`, `days` and where it began. */
export function leanSlots(signal: Signal): Slots {
  const [, ups, downs, inflow, outflow] = signal.metrics;
  if (ups === undefined || downs === undefined || inflow === undefined || outflow === undefined) {
    throw new Error(`a ${signal.kind} counts hours and says how much came and left`);
  }
  return {
    ...measuredSlots(signal),
    ups: { unit: "count", value: ups.value },
    downs: { unit: "count", value: downs.value },
    inflow: { unit: "sats", value: inflow.value },
    outflow: { unit: "sats", value: outflow.value },
    blocks: { unit: "count", value: signal.height - signal.startHeight + 1 },
    from: { unit: "height", value: signal.startHeight },
  };
}

/** How a count of hours compares with earlier ones, where there are enough. */
export function rankOf({ surprise }: Signal): string {
  return surprise === null
    ? ""
    : " The lean is clearer than in {percentile} of the {sample} earlier counts of such a span.";
}
