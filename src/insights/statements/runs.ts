import type { Signal } from "#signals";
import type { Slots } from "../insight.ts";
import type { Statement } from "../statement.ts";
import { comparison, measured, measuredSlots } from "./measured.ts";

/** "4 of the last 144 blocks are empty", or of one pool "Alder Pool mined 4 empty blocks among the last 144". */
export function stateEmptyBlock(signal: Signal): Statement {
  const isOfPool = signal.subject !== null;
  return {
    anchor: `${signal.subject?.actor ?? "all"} height ${signal.height}`,
    slots: runSlots(signal),
    ...emptyTexts(signal),
    rule: `More than {level} of {blocks} blocks are empty${isOfPool ? " and of one pool" : ""}, which chance alone would make as often as the budget for false alarms allows.`,
    metrics: comparison(signal),
  };
}

/** Of a pool its own blocks alone are counted: others may have mined empty ones as well. */
function emptyTexts(signal: Signal): Pick<Statement, "headline" | "summary"> {
  const isOne = measured(signal).value === 1;
  const [block, hold] = isOne
    ? ["block", "holds nothing but its coinbase"]
    : ["blocks", "hold nothing but their coinbase"];
  const usual =
    signal.subject === null
      ? besideShare(signal, { whose: "the", none: "there were none" })
      : besideShare(signal, { whose: "its", none: "it mined none" });
  const rest = `${usual}.${rankOf(signal)} An empty block confirms no waiting transactions.`;
  return signal.subject === null
    ? {
        headline: `{value} of the last {blocks} blocks ${isOne ? "is" : "are"} empty`,
        summary: `From block {from} on, {value} of {blocks} blocks ${hold}${rest}`,
      }
    : {
        headline: `{subject} mined {value} empty ${block} among the last {blocks}`,
        summary: `From block {from} on, {subject} mined {value} empty ${block} among {blocks}${rest}`,
      };
}

/** "Hazel Pool found 12 of the last 24 blocks". */
export function statePoolRun(signal: Signal): Statement {
  return {
    anchor: `${signal.subject?.actor} height ${signal.height}`,
    slots: runSlots(signal),
    headline: "{subject} found {value} of the last {blocks} blocks",
    summary:
      `From block {from} on, {subject} found {value} of {blocks} blocks${besideShare(signal, { whose: "its", none: "it found none" })}.` +
      rankOf(signal) +
      " Luck alone makes such a run now and then: it says little about the hash rate of the pool.",
    rule: "The pool finds more than {level} of {blocks} blocks, which chance alone would make as often as the budget for false alarms allows.",
    metrics: comparison(signal),
  };
}

/** What a share would make of as many blocks, as the end of a clause. */
function besideShare(
  signal: Signal,
  { whose, none }: { readonly whose: "the" | "its"; readonly none: string },
): string {
  return measured(signal).baseline === 0
    ? `; in the two weeks before ${none}`
    : `, where {baseline} would be expected from ${whose} share of the two weeks before`;
}

/** A mean of few blocks is no whole number. */
function runSlots(signal: Signal): Slots {
  const { baseline, ...slots } = measuredSlots(signal);
  return {
    ...slots,
    ...(baseline === undefined ? {} : { baseline: { unit: "ratio", value: Number(baseline.value) } }),
    blocks: { unit: "count", value: signal.height - signal.startHeight + 1 },
    from: { unit: "height", value: signal.startHeight },
  };
}

function rankOf({ surprise }: Signal): string {
  return surprise === null ? "" : " That is more than in {percentile} of the {sample} earlier spans of that length.";
}
