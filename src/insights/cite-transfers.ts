import type { Entity, Transfer } from "#features";
import type { Signal, SignalKind } from "#signals";
import type { Recollected } from "./attribute.ts";

/** Which transfers of its subject a kind is about. What goes on for days, in many hours, is not in its single transfers. */
type Cited = (transfer: Transfer, isSubject: (party: Entity | null) => boolean) => boolean;

const CITED: Readonly<Partial<Record<SignalKind, Cited>>> = {
  "inflow-spike": ({ to }, isSubject) => isSubject(to),
  "outflow-spike": ({ from }, isSubject) => isSubject(from),
  "treasury-sale": ({ from, to }, isSubject) => isSubject(from) && to !== null,
  "miner-payout": ({ from, to }, isSubject) => isSubject(from) && to === null,
};

/** Transactions that are cited of one event. */
const MOST_CITED = 20;

/**
 * Transactions that an insight cites, the largest first: what a signal itself cites, and of one that sums up what its
 * subject moved in many blocks the notable ones of all of them, with the single payments that its text speaks of. Smaller ones are in no row, so none may be left.
 */
export function citeTransfers(
  { kind, subject, startHeight, transfers: own }: Signal,
  recollection: Recollected | undefined,
  payments: readonly Transfer[] = [],
): readonly Transfer[] {
  const cited = new Set(own.map(({ txid }) => txid));
  const transfers = [...own, ...payments.filter(({ txid }) => !cited.has(txid))];
  const isCited = CITED[kind];
  if (isCited === undefined || subject === null || recollection === undefined) return transfers;
  const isSubject = (party: Entity | null): boolean => party?.actor === subject.actor && party.kind === subject.kind;
  const remembered = recollection.transfersOf(subject, startHeight).filter((transfer) => isCited(transfer, isSubject));
  const each = new Map([...transfers, ...remembered].map((transfer) => [transfer.txid, transfer]));
  return [...each.values()].toSorted((left, right) => right.value - left.value).slice(0, MOST_CITED);
}
