import type { Entity, Transfer } from "#features";
import type { Signal, TimedSignal } from "#signals";
import type { Slots } from "./insight.ts";
import { sideOf } from "./sides.ts";
import { stateSignal } from "./state-signal.ts";
import type { Statement } from "./statement.ts";

const SENT = { verb: "went", towards: "to", role: "payee", partyOf: ({ to }: Transfer) => to } as const;

/** Of each direction: what is said of a payment, and under which name its other side stands. */
const WORDS = {
  "inflow-spike": { verb: "came", towards: "from", role: "payer", partyOf: ({ from }: Transfer) => from },
  "outflow-spike": { ...SENT, verb: "left" },
  "treasury-sale": SENT,
  "miner-payout": SENT,
} as const;

/**
 * A statement about a flow with a clause on the single payments of it that stand out by themselves, at the end of its first
 * sentence: how much of it they were, and of one alone where it stands, who was on its other side and how old its coins were.
 */
export function tellPayments(statement: Statement, flow: Signal, payments: readonly TimedSignal[]): Statement {
  const transfers = transfersOf(payments);
  const [only] = transfers;
  const words = wordsOf(flow);
  if (words === undefined || only === undefined) return statement;
  const told = payments.map(({ signal }) => ({ signal, statement: stateSignal(signal) }));
  const isOne = transfers.length === 1;
  const counterparty = counterpartyOf(flow, payments);
  const party = counterparty === null ? "" : `, ${words.towards} {${words.role}}`;
  const sale = saleIn(payments);
  const sides = told.flatMap(({ signal, statement: { slots } }) => {
    const side = isOne || signal === sale ? sideOf(signal.kind) : undefined;
    const own = side?.slots(slots) ?? {};
    return side === undefined ? [] : [{ text: side.text(own), slots: own }];
  });
  const first = isOne
    ? `{paid} of it ${words.verb} in one transaction, in block {paidIn}${party}`
    : `{paid} of it ${words.verb} in {payments} large transactions`;
  const clauses = [first, ...sides.map(({ text }) => text)].filter((text) => text !== "");
  const slots: Slots = {
    paid: { unit: "sats", value: transfers.reduce((sum, transfer) => sum + partOf(flow, transfer), 0) },
    ...(isOne
      ? { paidIn: { unit: "height", value: payments[0]?.signal.height ?? flow.height } }
      : { payments: { unit: "count", value: transfers.length } }),
    ...(counterparty === null ? {} : { [words.role]: { unit: "name", value: counterparty.actor } }),
    ...Object.assign({}, ...sides.map((side) => side.slots)),
  };
  const end = statement.summary.indexOf(". ");
  return {
    ...statement,
    slots: { ...statement.slots, ...slots },
    summary: `${statement.summary.slice(0, end)}; ${clauses.join("; ")}${statement.summary.slice(end)}`,
    metrics: [...statement.metrics, ...told.flatMap(({ statement: { metrics } }) => metrics)],
  };
}

/** The pool's sale that is part of a flow, of which the text names the pool. */
export function saleIn(payments: readonly TimedSignal[]): Signal | undefined {
  return payments.find(({ signal: { kind } }) => kind === "treasury-sale")?.signal;
}

/** The labelled other side of the one payment that a flow's text speaks of; `null` where that is not known, or of several. */
export function counterpartyOf(flow: Signal, payments: readonly TimedSignal[]): Entity | null {
  const [only, ...others] = transfersOf(payments);
  return only === undefined || others.length > 0 ? null : (wordsOf(flow)?.partyOf(only) ?? null);
}

/** Transactions that signals tell of as single payments, each once. */
export function transfersOf(payments: readonly TimedSignal[]): readonly Transfer[] {
  const transfers = payments.flatMap(
    ({
      signal: {
        transfers: [transfer],
      },
    }) => transfer ?? [],
  );
  return [...new Map(transfers.map((transfer) => [transfer.txid, transfer])).values()];
}

function wordsOf({ kind }: Signal): (typeof WORDS)[keyof typeof WORDS] | undefined {
  return Object.entries(WORDS).find(([own]) => own === kind)?.[1];
}

/** Of what a payment moves, what came to the exchange or left whom it is about: others may be paid beside it. */
function partOf({ kind }: Signal, { value, toValue }: Transfer): number {
  return kind === "inflow-spike" || kind === "treasury-sale" ? toValue : value;
}
