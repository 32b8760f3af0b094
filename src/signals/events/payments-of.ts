import type { Entity, Transfer } from "#features";
import type { Signal, SignalKind } from "../signal.ts";
import { POOL_OUTFLOWS, SPENDING_KINDS, type TimedSignal } from "./event-update.ts";

type Party = { readonly side: "from" | "to"; readonly isOf?: (transfer: Transfer) => boolean };

/** Which party of a transfer is the one whose flow is told, and which of its transfers that counts. */
const PARTIES: Partial<Readonly<Record<SignalKind, Party>>> = {
  "inflow-spike": { side: "to" },
  "outflow-spike": { side: "from" },
  "treasury-sale": { side: "from", isOf: ({ to }) => to !== null },
  "miner-payout": { side: "from", isOf: ({ to }) => to === null },
};

/** A payout is judged each two hours, by a whole day: what made it stand out came since it was judged last. */
const RECENT_BLOCKS = 12;

const RANKS: ReadonlyMap<SignalKind, number> = new Map(
  [...POOL_OUTFLOWS, ...SPENDING_KINDS].map((kind, rank) => [kind, rank]),
);

/** Whether a signal may tell of what is part of a flow: of a single payment, or of a pool's sale. */
export function tellsOfSpending({ kind }: Signal): boolean {
  return kind === "treasury-sale" || SPENDING_KINDS.some((each) => each === kind);
}

/** Whether it tells what a pool sent: part of a wider flow where it came to one exchange. */
export function isPoolOutflow({ kind }: Signal): boolean {
  return POOL_OUTFLOWS.some((each) => each === kind);
}

/**
 * Of signals that tell of a spending those that tell of one payment to the exchange of an inflow, or by that of an outflow
 * or by the pool that sends: the same coins are one event. What sums up a block is among them where another tells of its
 * largest transaction, and a sale where one payment to the exchange is most of it.
 */
export function paymentsOf(flow: Signal, spendings: readonly TimedSignal[]): readonly TimedSignal[] {
  const party = PARTIES[flow.kind];
  if (party === undefined) return [];
  const from = Math.max(flow.startHeight, isPoolOutflow(flow) ? flow.height - RECENT_BLOCKS + 1 : 0);
  const ofFlow = spendings.filter(({ signal }) => {
    const [transfer] = signal.transfers;
    if (transfer === undefined || transfer.kind === "in-house" || signal.height < from) return false;
    if (!isSame(transfer[party.side], flow.subject) || party.isOf?.(transfer) === false) return false;
    return signal.kind !== "treasury-sale" || (flow.kind === "inflow-spike" && isMostOf(transfer, signal));
  });
  const paid = new Set(ofFlow.filter(isOfOnePayment).map(txidOf));
  return ofFlow.filter((spending) => paid.has(txidOf(spending))).toSorted(byBlockAndKind);
}

function isMostOf({ toValue }: Transfer, { metrics: [sent] }: Signal): boolean {
  return sent !== undefined && 2 * toValue >= sent.value;
}

function isOfOnePayment({ signal: { kind } }: TimedSignal): boolean {
  return kind === "large-transfer" || kind === "dormant-coins" || kind === "treasury-sale";
}

function txidOf({ signal: { transfers } }: TimedSignal): string | undefined {
  return transfers[0]?.txid;
}

function isSame(one: Entity | null | undefined, other: Entity | null): boolean {
  return one?.actor === other?.actor && one?.kind === other?.kind;
}

/** In the order of their blocks; of one block what leads its insight first. */
export function byBlockAndKind({ signal: left }: TimedSignal, { signal: right }: TimedSignal): number {
  return left.height - right.height || (RANKS.get(left.kind) ?? 0) - (RANKS.get(right.kind) ?? 0);
}
