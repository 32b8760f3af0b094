import type { Entity } from "#features";
import type { Signal, SignalKind } from "../signal.ts";
import { SPENDING_KINDS, type TimedSignal } from "./event-update.ts";

/** Which party of a transfer is the one whose flow is told. */
const PARTIES: Partial<Readonly<Record<SignalKind, "from" | "to">>> = { "inflow-spike": "to", "outflow-spike": "from" };

const RANKS: ReadonlyMap<SignalKind, number> = new Map(SPENDING_KINDS.map((kind, rank) => [kind, rank]));

/** Whether a signal may tell of a single payment. */
export function tellsOfSpending({ kind }: Signal): boolean {
  return RANKS.has(kind);
}

/**
 * Of signals that tell of a spending those that tell of one payment to the exchange of an inflow, or by that of an outflow:
 * the same coins are one event. What sums up a block is among them where another tells of its largest transaction.
 */
export function paymentsOf(flow: Signal, spendings: readonly TimedSignal[]): readonly TimedSignal[] {
  const party = PARTIES[flow.kind];
  if (party === undefined) return [];
  const ofFlow = spendings.filter(({ signal: { height, transfers } }) => {
    const [transfer] = transfers;
    return height >= flow.startHeight && transfer?.kind !== "in-house" && isSame(transfer?.[party], flow.subject);
  });
  const paid = new Set(ofFlow.filter(isOfOnePayment).map(txidOf));
  return ofFlow.filter((spending) => paid.has(txidOf(spending))).toSorted(byBlockAndKind);
}

function isOfOnePayment({ signal: { kind } }: TimedSignal): boolean {
  return kind === "large-transfer" || kind === "dormant-coins";
}

function txidOf({ signal: { transfers } }: TimedSignal): string | undefined {
  return transfers[0]?.txid;
}

function isSame(one: Entity | null | undefined, other: Entity | null): boolean {
  return one?.actor === other?.actor && one?.kind === other?.kind;
}

function byBlockAndKind({ signal: left }: TimedSignal, { signal: right }: TimedSignal): number {
  return left.height - right.height || (RANKS.get(left.kind) ?? 0) - (RANKS.get(right.kind) ?? 0);
}
