import type { Transfer } from "#features";
import { judge, lookBackOfRule, type Rule, type Verdict } from "../baseline/judge.ts";
import { logarithmic } from "../baseline/scale.ts";
import type { Detector } from "../detector.ts";
import type { BlockRow, Signal } from "../signal.ts";

/** Ages span orders of magnitude: one step up is twice as old. */
const SCALE = logarithmic(1);

const RULE: Rule = {
  lookBack: 2_016,
  quietBlocks: 6,
  budget: 1,
  floor: SCALE.to(1),
  tail: { share: 0.1, censored: 0.005, leastScale: 0.4 },
};

/**
 * A notable transfer of a sender that nobody has labelled spends coins that have lain longer than those of such
 * transfers do. What a labelled owner takes out of its own cold storage is housekeeping.
 * Definition: docs/signals/dormant-coins.md.
 */
export const dormantCoins: Detector = {
  kind: "dormant-coins",
  lookBack: lookBackOfRule(RULE),
  detect(row, book) {
    const transfers = row.transfers
      .filter(({ from, kind, coinAgeDays }) => from === null && kind !== "in-house" && coinAgeDays !== null)
      .toSorted((left, right) => ageOf(right) - ageOf(left));
    const oldest = transfers[0];
    const value = SCALE.to(oldest === undefined ? 0 : ageOf(oldest));
    const verdict = judge(book.memory("dormant-coins"), { value }, RULE);
    if (verdict === undefined) return [];
    return [
      signalOf(
        row,
        verdict,
        transfers.filter((transfer) => SCALE.to(ageOf(transfer)) > verdict.level),
      ),
    ];
  },
};

function ageOf({ coinAgeDays }: Transfer): number {
  return coinAgeDays ?? 0;
}

function signalOf({ features: { height, blockhash } }: BlockRow, verdict: Verdict, old: readonly Transfer[]): Signal {
  const [oldest] = old;
  return {
    kind: "dormant-coins",
    height,
    blockhash,
    startHeight: height,
    subject: null,
    direction: "above",
    surprise: verdict.surprise,
    metrics: [
      {
        name: "Mean age of the spent coins by value",
        unit: "days",
        value: oldest === undefined ? 0 : ageOf(oldest),
        baseline: SCALE.from(verdict.middle),
        level: SCALE.from(verdict.level),
      },
      {
        name: "Transfer value without change",
        unit: "sats",
        value: old.reduce((total, { value }) => total + value, 0),
        baseline: null,
        level: null,
      },
    ],
    transfers: old,
  };
}
