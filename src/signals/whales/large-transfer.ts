import type { Transfer } from "#features";
import { hasEnough, judge, lookBackOfRule, type Rule, type Verdict } from "../baseline/judge.ts";
import type { Detector } from "../detector.ts";
import type { BlockRow, Signal } from "../signal.ts";

/** 1,000 BTC: the band from which the field speaks of whales. What counts where there is too little history. */
const VERY_LARGE_SATS = 100_000_000_000;

const RULE: Rule = {
  lookBack: 2_016,
  quietBlocks: 0,
  budget: 1,
  tail: { share: 0.1, censored: 0.002, leastScale: 1_000_000_000 },
};

/**
 * A transaction that pays more, to scripts that it does not spend from, than the largest of nearly every block of the
 * two weeks before; without so much history, one of 1,000 BTC and more. What an owner moves between scripts of his own
 * is none, where labels tell. Definition: docs/signals/large-transfer.md.
 */
export const largeTransfer: Detector = {
  kind: "large-transfer",
  lookBack: lookBackOfRule(RULE),
  detect(row, book) {
    const transfers = row.transfers
      .filter(({ kind }) => kind !== "in-house")
      .toSorted((left, right) => right.value - left.value);
    const memory = book.memory("large-transfer");
    const isKnown = hasEnough(memory, RULE);
    const verdict = judge(memory, { value: transfers[0]?.value ?? 0 }, RULE);
    if (isKnown && verdict === undefined) return [];
    const level = verdict?.level ?? VERY_LARGE_SATS;
    return transfers
      .filter(({ value }) => value >= level)
      .map((transfer) => signalOf(row, transfer, { level, verdict }));
  },
};

function signalOf(
  { features: { height, blockhash } }: BlockRow,
  transfer: Transfer,
  { level, verdict }: { readonly level: number; readonly verdict: Verdict | undefined },
): Signal {
  return {
    kind: "large-transfer",
    height,
    blockhash,
    startHeight: height,
    subject: transfer.from,
    direction: "above",
    surprise: verdict?.surprise ?? null,
    metrics: [
      {
        name: "Transfer value without change",
        unit: "sats",
        value: transfer.value,
        baseline: verdict?.middle ?? null,
        level,
      },
    ],
    transfers: [transfer],
  };
}
