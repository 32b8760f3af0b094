import type { StagedKind } from "../staging/kinds.ts";

/** What was staged, exactly as it came to be. Amounts are satoshis, times unix seconds of the chain. */
export type EventEntry = {
  readonly type: "event";
  readonly id: number;
  readonly kind: StagedKind;
  readonly staged: "by schedule" | "by command";
  /** Whom it happens to; `null` for what happens to all. */
  readonly entity: string | null;
  readonly startHeight: number;
  readonly startTime: number;
  readonly endHeight: number;
  readonly endTime: number;
  /** Satoshis of its transfers; of a regime, times the usual. */
  readonly size: number;
  /** What it was meant to be, in the same unit. */
  readonly planned: number;
  readonly unit: "sat" | "times";
  readonly transfers: readonly TransferRecord[];
};

export type TransferRecord = {
  readonly height: number;
  readonly txid: string;
  /** What it moves from one party to the other, satoshis. */
  readonly value: number;
  /** Who pays; `null` for somebody without a name. */
  readonly from: string | null;
  /** Who gets it. */
  readonly to: string | null;
};

/** A time in which hidden state was far from its usual, without anybody having staged it. */
export type ExcursionEntry = {
  readonly type: "excursion";
  readonly state: "demand" | "hash rate" | "leaning";
  readonly entity: string | null;
  readonly startHeight: number;
  readonly endHeight: number;
  /** Furthest from the usual, octaves; a leaning has no unit. */
  readonly peak: number;
};

/** Who holds how much after the block of this height, satoshis; what is not named is users'. */
export type BalancesEntry = {
  readonly type: "balances";
  readonly height: number;
  readonly issued: number;
  readonly users: number;
  readonly entities: Readonly<Record<string, number>>;
};

/** A branch that lost. */
export type ReorgEntry = { readonly type: "reorg"; readonly forkHeight: number; readonly depth: number };

export type LedgerEntry = EventEntry | ExcursionEntry | BalancesEntry | ReorgEntry;

/** The truth behind the chain, as far as it is written and not yet taken away. */
export type Ledger = {
  readonly entries: LedgerEntry[];
  /** By state and entity. */
  readonly excursions: Map<string, { readonly startHeight: number; peak: number }>;
};

export function createLedger(): Ledger {
  return { entries: [], excursions: new Map() };
}

/** What was written since the last time. */
export function takeEntries(ledger: Ledger): LedgerEntry[] {
  return ledger.entries.splice(0);
}
