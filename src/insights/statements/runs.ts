import type { Signal } from "#signals";
import type { Slots } from "../insight.ts";
import type { Statement } from "../statement.ts";
import { comparison, measuredSlots } from "./measured.ts";

/** "4 of 144 blocks are empty, all from Alder Pool". */
export function stateEmptyBlock(signal: Signal): Statement {
  const isOfPool = signal.subject !== null;
  return {
    category: isOfPool ? "miner" : "network",
    anchor: `${signal.subject?.actor ?? "all"} height ${signal.height}`,
    slots: runSlots(signal),
    headline: `{value} of {blocks} blocks are empty${isOfPool ? ", all from {subject}" : ""}`,
    summary:
      `From block {from} on, {value} of {blocks} blocks${isOfPool ? " are from {subject} and" : ""} hold nothing but their coinbase, where the share of the two weeks before would make {baseline}.` +
      rankOf(signal) +
      " An empty block confirms nothing that waits.",
    rule: `More than {level} of {blocks} blocks are empty${isOfPool ? " and of one pool" : ""}, which chance alone would make as often as the budget for false alarms allows.`,
    metrics: comparison(signal),
  };
}

/** "Hazel Pool found 12 of the last 24 blocks". */
export function statePoolRun(signal: Signal): Statement {
  return {
    category: "miner",
    anchor: `${signal.subject?.actor} height ${signal.height}`,
    slots: runSlots(signal),
    headline: "{subject} found {value} of the last {blocks} blocks",
    summary:
      "From block {from} on, {subject} found {value} of {blocks} blocks, where its share of the two weeks before would make {baseline}." +
      rankOf(signal) +
      " Luck alone makes such a run now and then: it says little about the hash rate of the pool.",
    rule: "The pool finds more than {level} of {blocks} blocks, which chance alone would make as often as the budget for false alarms allows.",
    metrics: comparison(signal),
  };
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
  return surprise === null ? "" : " There were fewer in {percentile} of the {sample} windows of as many blocks before.";
}
