import { type LedgerEntry, simulatedName } from "#chain";
import type { Signal } from "#signals";
import type { StagedEntry } from "./match-events.ts";

export type InHouse = {
  readonly shuffles: number;
  /** Signals that took a shuffle for something else. */
  readonly alarms: readonly Signal[];
};

/**
 * Who fell into the trap: signals that cite a transaction of a shuffle, and false alarms about its exchange while it went on.
 * @param falseAlarms signals that are of nothing in the ledger
 */
export function findInHouseAlarms(
  {
    signals,
    falseAlarms,
    truth,
  }: {
    readonly signals: readonly Signal[];
    readonly falseAlarms: readonly Signal[];
    readonly truth: readonly LedgerEntry[];
  },
  from: number,
): InHouse {
  const shuffles = truth.filter(
    (entry): entry is StagedEntry =>
      entry.type === "event" &&
      entry.kind === "in-house-shuffle" &&
      entry.startHeight >= from &&
      entry.transfers.length > 0,
  );
  const moved = new Set(shuffles.flatMap(({ transfers }) => transfers.map(({ txid }) => txid)));
  const citing = signals.filter(({ transfers }) => transfers.some(({ txid }) => moved.has(txid)));
  const during = falseAlarms.filter(({ subject, startHeight, height }) =>
    shuffles.some(
      (shuffle) =>
        shuffle.entity !== null &&
        subject?.actor === simulatedName(shuffle.entity) &&
        subject.kind === "exchange" &&
        height >= shuffle.startHeight &&
        height - startHeight < 144 &&
        startHeight <= shuffle.endHeight,
    ),
  );
  return { shuffles: shuffles.length, alarms: [...new Set([...citing, ...during])] };
}
