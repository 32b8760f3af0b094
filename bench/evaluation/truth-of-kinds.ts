import type { LedgerEntry, StagedKind } from "#chain";
import type { SignalKind } from "#signals";

type Excursion = Extract<LedgerEntry, { type: "excursion" }>;

/** What of the ledger a kind of signal is held against. */
export type KindTruth = {
  /** Events that it should find; `null` where none of its kind are staged. */
  readonly staged: StagedKind | null;
  /** Hidden state whose excursions are no false alarms either. */
  readonly excursion?: Pick<Excursion, "state"> & { readonly sign: 1 | -1 };
  /** Other events that it may rightly tell: what it measures changes by them as well. */
  readonly explainedBy?: readonly StagedKind[];
  /** Blocks after the last of an event in which it may still be told: the span that the detector measures. */
  readonly delayBlocks: number;
};

export const KIND_TRUTHS: Readonly<Record<SignalKind, KindTruth>> = {
  "fee-spike": { staged: "fee-spike", excursion: { state: "demand", sign: 1 }, delayBlocks: 6 },
  "inflow-spike": { staged: "inflow-spike", excursion: { state: "leaning", sign: 1 }, delayBlocks: 9 },
  "outflow-spike": { staged: "outflow-spike", excursion: { state: "leaning", sign: -1 }, delayBlocks: 9 },
  "inflow-streak": { staged: null, excursion: { state: "leaning", sign: 1 }, delayBlocks: 12 },
  "outflow-streak": { staged: "outflow-streak", excursion: { state: "leaning", sign: -1 }, delayBlocks: 12 },
  "reserve-change": {
    staged: null,
    explainedBy: ["inflow-spike", "outflow-spike", "outflow-streak"],
    delayBlocks: 1_008,
  },
  "whale-accumulation": { staged: "whale-accumulation", delayBlocks: 12 },
  "whale-distribution": { staged: "whale-distribution", delayBlocks: 12 },
  "dormant-coins": { staged: "dormant-coins", delayBlocks: 3 },
  "treasury-sale": { staged: "treasury-sale", delayBlocks: 12 },
  "miner-payout": { staged: null, delayBlocks: 3 },
  "pool-tag-mismatch": { staged: "tag-forgery", delayBlocks: 0 },
  "large-transfer": { staged: "very-large-transfer", delayBlocks: 3 },
};
