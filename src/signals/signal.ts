import type { BlockHash } from "#bitcoin";
import type { BlockFeatures, BlockFlows, Entity, Transfer } from "#features";

/** Kinds of signal; each has its detector, its page in `docs/signals/` and its words in `insights`. */
export const SIGNAL_KINDS = [
  "fee-spike",
  "fee-level",
  "mempool-flush",
  "block-interval",
  "block-fullness",
  "empty-block",
  "pool-run",
  "hash-rate",
  "difficulty-outlook",
  "inflow-spike",
  "outflow-spike",
  "large-transfer",
  "coin-days-destroyed",
  "revived-supply",
  "dormancy",
  "inscription-wave",
  "consolidation-wave",
  "coinjoin-wave",
  "inflow-streak",
  "outflow-streak",
  "reserve-change",
  "whale-accumulation",
  "whale-distribution",
  "dormant-coins",
  "treasury-sale",
  "miner-payout",
  "pool-tag-mismatch",
] as const;

export type SignalKind = (typeof SIGNAL_KINDS)[number];

/** How a value compares with its own history: the share of earlier observations that lay below (or above) it. */
export type Surprise = {
  /** 0…100: percent of the sample that the value exceeds, in the signal's direction. */
  readonly percentile: number;
  /** Number of earlier blocks that it was compared with. */
  readonly sampleSize: number;
};

export type MetricUnit =
  | "sats"
  | "sat/vB"
  | "count"
  | "percent"
  | "ratio"
  | "seconds"
  | "days"
  | "coin-days"
  | "H/s"
  | "WU";

/** A number that was measured, beside what is usual and what it had to pass to stand out. */
export type Measurement = {
  /** What it is, for a person: "Median fee rate by weight". */
  readonly name: string;
  readonly unit: MetricUnit;
  readonly value: number;
  /** Middle of the history that it was compared with; `null` where there was too little, or nothing was compared. */
  readonly baseline: number | null;
  /** `null` where nothing was compared. */
  readonly level: number | null;
};

/** What stands out in a block. */
export type Signal = {
  readonly kind: SignalKind;
  readonly height: number;
  readonly blockhash: BlockHash;
  /** First block of what was measured; often the block itself. */
  readonly startHeight: number;
  /** Whom it is about; `null` where it is about the chain as a whole. */
  readonly subject: Entity | null;
  /** Who is named beside the subject; absent where nobody is. */
  readonly other?: Entity;
  readonly direction: "above" | "below" | null;
  /** `null`: too little history to compare with, or nothing to compare. */
  readonly surprise: Surprise | null;
  /** The first is the one that stands out. */
  readonly metrics: readonly Measurement[];
  /** Transactions that it cites, the largest first. */
  readonly transfers: readonly Transfer[];
};

/** A signal as its detector finds it. */
export type FoundSignal = Signal & {
  /** What stands out was told in a block shortly before, and goes on. Absent: it is told now. */
  readonly goesOn?: true;
};

/** One block as detectors see it. */
export type BlockRow = {
  readonly features: BlockFeatures;
  readonly transfers: readonly Transfer[];
  readonly flows: BlockFlows;
};
