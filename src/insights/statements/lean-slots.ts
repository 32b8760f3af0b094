import { BIN_BLOCKS, type Signal } from "#signals";
import type { Slots } from "../insight.ts";
import { measuredSlots } from "./measured.ts";

/**
 * Slots of a signal that counted hours up and down: `ups`, `downs` and all `hours`, of `each` so many blocks, `inflow`,
 * `outflow` and what is left of them as `net`, without its sign, and where it began.
 */
export function leanSlots(signal: Signal): Slots {
  const [, ups, downs, inflow, outflow] = signal.metrics;
  if (ups === undefined || downs === undefined || inflow === undefined || outflow === undefined) {
    throw new Error(`a ${signal.kind} counts hours and says how much came and left`);
  }
  const blocks = signal.height - signal.startHeight + 1;
  return {
    ...measuredSlots(signal),
    ups: { unit: "count", value: ups.value },
    downs: { unit: "count", value: downs.value },
    inflow: { unit: "sats", value: inflow.value },
    outflow: { unit: "sats", value: outflow.value },
    net: { unit: "sats", value: Math.abs(inflow.value - outflow.value) },
    hours: { unit: "count", value: Math.ceil(blocks / BIN_BLOCKS) },
    each: { unit: "count", value: BIN_BLOCKS },
    blocks: { unit: "count", value: blocks },
    from: { unit: "height", value: signal.startHeight },
  };
}

type Streak = {
  /** Which way the hours go that are counted. */
  readonly way: "in" | "out";
  /** What the headline says that it keeps doing. */
  readonly keeps: string;
  /** What is said of an hour that counts. */
  readonly counted: string;
  /** Verbs of what came and left in all. */
  readonly came: string;
  readonly left: string;
  /** Why it matters, or what the chain does not tell, as the end of a sentence. */
  readonly caveat: string;
};

/**
 * Headline and summary of a streak: hours alone may go one way while the coins, by a few large transfers, went the other,
 * so both say what came of it, net.
 */
export function streakTexts(signal: Signal, words: Streak): { readonly headline: string; readonly summary: string } {
  const { inflow, outflow } = leanSlots(signal);
  const isIn = Number(inflow?.value) >= Number(outflow?.value);
  const isContrary = isIn !== (words.way === "in");
  const flow = isIn ? "net inflow" : "net outflow";
  return {
    headline: `{subject} keeps ${words.keeps}: {ups} hours against {downs}, ${isContrary ? "yet " : ""}${flow} {net}`,
    summary:
      `Since block {from}, {subject} ${words.came} {inflow} and ${words.left} {outflow}, a ${flow} of {net}, counted by its labelled addresses${words.caveat}.` +
      ` Counted in hours of {each} blocks, ${words.counted} in {ups} of the {hours} hours, against {downs} the other way; the others changed too little to count.` +
      rankOf(signal),
  };
}

/** How a count of hours compares with earlier ones, where there are enough. */
function rankOf({ surprise }: Signal): string {
  return surprise === null
    ? ""
    : " That is a clearer lean than in {percentile} of the {sample} earlier spans of that length.";
}
