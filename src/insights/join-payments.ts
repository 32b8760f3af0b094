import type { Insight, Slots } from "./insight.ts";
import { continueText, writeText } from "./write-text.ts";

/**
 * Of large transfers of one block, those that pass on what another of them paid become one with it: coins that go through
 * several hands within a block are one event, and the first hand says how much it was.
 */
export function joinPayments(insights: readonly Insight[]): readonly Insight[] {
  const transfers = insights.filter(({ kind }) => kind === "large-transfer");
  const before = new Map<Insight, Insight>();
  for (const transfer of transfers) {
    const source = transfers.find((other) => passesOn(transfer, other) && firstOf(other, before) !== transfer);
    if (source !== undefined) before.set(transfer, source);
  }
  const later = Map.groupBy(before.keys(), (transfer) => firstOf(transfer, before));
  return insights.filter((insight) => !before.has(insight)).map((first) => join(first, later.get(first) ?? []));
}

/**
 * Whether its only input is what the other paid its largest receiver, to the satoshi: a coin of this block, made before it is
 * spent. Where coin heights are unknown the amount alone says so. Whose parties labels name says more than that it was
 * passed on, and so does one whose coins are told of as old.
 */
function passesOn(transfer: Insight, other: Insight): boolean {
  const { also = [] } = transfer.evidence;
  const [[own], [paid]] = [transfer.evidence.transactions, other.evidence.transactions];
  if (transfer === other || also.length > 0 || own?.inputs !== 1 || own.spentSats === undefined) return false;
  const isNamed = (own.from ?? null) !== null || (own.to ?? null) !== null;
  const isOfBlock = (own.coinAgeDays ?? 0) === 0 && (own.txIndex ?? 0) > (paid?.txIndex ?? -1);
  return !isNamed && isOfBlock && own.spentSats === paid?.largestSats;
}

function firstOf(transfer: Insight, before: ReadonlyMap<Insight, Insight>): Insight {
  let first = transfer;
  for (let source = before.get(first); source !== undefined; source = before.get(first)) first = source;
  return first;
}

function join(first: Insight, later: readonly Insight[]): Insight {
  if (later.length === 0) return first;
  const slots: Slots = { ...first.evidence.slots, hops: { unit: "count", value: later.length } };
  const text =
    later.length === 1
      ? "the coins were passed on in another transaction of the same block."
      : "the coins were passed on in {hops} more transactions of the same block.";
  return {
    ...first,
    summary: continueText(first.summary, writeText(text, slots)),
    evidence: {
      ...first.evidence,
      transactions: [first, ...later].flatMap(({ evidence }) => evidence.transactions),
      slots,
    },
  };
}
