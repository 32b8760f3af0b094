import type { LedgerEntry, StagedKind } from "#chain";
import type { SignalKind } from "#signals";

type Excursion = Extract<LedgerEntry, { type: "excursion" }>;

/** What of the ledger a kind of signal is held against. */
export type KindTruth = {
  /** Events that it should find; `null` where none of its kind are staged. */
  readonly staged: StagedKind | null;
  /** Which direction tells that an event began; the other one may tell that it ended. Both, where it is left out. */
  readonly begins?: "above" | "below";
  /** Events of other kinds that really move what it measures: to tell them is no false alarm, and no find. */
  readonly alike?: readonly StagedKind[];
  /** Which side of its subject's flows it measures: an event of any kind that makes several such flows is told rightly, too. */
  readonly flow?: "in" | "out";
  /** Hidden state whose excursions are no false alarms either; sign `null`: the one of the signal's direction. */
  readonly excursion?: Pick<Excursion, "state"> & { readonly sign: 1 | -1 | null };
  /** Blocks after the last of an event in which it may still be told: the span that the detector measures. */
  readonly delayBlocks: number;
};

/** Staged kinds in which more wants into blocks, or fewer blocks come to take it. */
const CROWDS = ["inscription-wave", "consolidation-wave", "coinjoin-wave", "hash-rate-drop"] as const;

export const KIND_TRUTHS: Readonly<Record<SignalKind, KindTruth>> = {
  "fee-spike": { staged: "fee-spike", alike: CROWDS, excursion: { state: "demand", sign: 1 }, delayBlocks: 6 },
  "mempool-flush": { staged: "mempool-flush", excursion: { state: "demand", sign: -1 }, delayBlocks: 9 },
  "fee-level": {
    staged: null,
    alike: ["fee-spike", "mempool-flush", ...CROWDS],
    excursion: { state: "demand", sign: null },
    delayBlocks: 144,
  },
  "hash-rate": {
    staged: "hash-rate-drop",
    begins: "below",
    excursion: { state: "hash rate", sign: null },
    delayBlocks: 216,
  },
  "difficulty-outlook": {
    staged: null,
    alike: ["hash-rate-drop"],
    excursion: { state: "hash rate", sign: null },
    delayBlocks: 2_016,
  },
  "block-interval": { staged: null, alike: ["hash-rate-drop"], delayBlocks: 0 },
  // Where nothing waits there is nothing to mine.
  "empty-block": { staged: null, alike: ["mempool-flush"], delayBlocks: 144 },
  "block-fullness": { staged: null, alike: ["mempool-flush"], delayBlocks: 6 },
  "pool-run": { staged: null, delayBlocks: 0 },
  "inflow-spike": { staged: "inflow-spike", flow: "in", excursion: { state: "leaning", sign: 1 }, delayBlocks: 9 },
  "outflow-spike": {
    staged: "outflow-spike",
    alike: ["outflow-streak"],
    flow: "out",
    excursion: { state: "leaning", sign: -1 },
    delayBlocks: 9,
  },
  "inflow-streak": { staged: null, flow: "in", excursion: { state: "leaning", sign: 1 }, delayBlocks: 12 },
  "outflow-streak": {
    staged: "outflow-streak",
    flow: "out",
    excursion: { state: "leaning", sign: -1 },
    delayBlocks: 12,
  },
  "reserve-change": {
    staged: null,
    alike: ["inflow-spike", "outflow-spike", "outflow-streak"],
    delayBlocks: 1_008,
  },
  "whale-accumulation": { staged: "whale-accumulation", flow: "in", delayBlocks: 12 },
  "whale-distribution": { staged: "whale-distribution", flow: "out", delayBlocks: 12 },
  "dormant-coins": { staged: "dormant-coins", delayBlocks: 3 },
  "treasury-sale": { staged: "treasury-sale", delayBlocks: 12 },
  "miner-payout": { staged: null, delayBlocks: 3 },
  "pool-tag-mismatch": { staged: "tag-forgery", delayBlocks: 0 },
  "large-transfer": { staged: "very-large-transfer", delayBlocks: 3 },
  "coin-days-destroyed": { staged: null, delayBlocks: 0 },
  "revived-supply": { staged: null, delayBlocks: 0 },
  dormancy: { staged: null, delayBlocks: 0 },
  "inscription-wave": { staged: "inscription-wave", delayBlocks: 12 },
  "consolidation-wave": { staged: "consolidation-wave", delayBlocks: 12 },
  "coinjoin-wave": { staged: "coinjoin-wave", delayBlocks: 12 },
};
