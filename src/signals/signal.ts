import type { BlockHash } from "#bitcoin";
import type { BlockFeatures, Transfer } from "#features";

/** Kinds of signal; each has its page in `docs/signals/`. */
export type SignalKind = "fee-level" | "large-transfer";

/** How a value compares with its own history: the share of earlier observations that lay below (or above) it. */
export type Surprise = {
  /** 0…100: percent of the sample that the value exceeds, in the signal's direction. */
  readonly percentile: number;
  /** Number of earlier blocks that it was compared with. */
  readonly sampleSize: number;
};

type SignalBasics = {
  readonly height: number;
  readonly blockhash: BlockHash;
};

export type FeeLevelSignal = SignalBasics & {
  readonly kind: "fee-level";
  readonly surprise: Surprise;
  readonly direction: "above" | "below";
  /** Median fee rate of the block by weight, sat/vB. */
  readonly feeRate: number;
  /** Median of that over the look-back, sat/vB. */
  readonly baseline: number;
  /** Robust z-score of the logarithm: 0.6745·(x − median)/MAD. */
  readonly zScore: number;
  /** |z| from which a level stands out. */
  readonly threshold: number;
};

export type LargeTransferSignal = SignalBasics & {
  readonly kind: "large-transfer";
  /** `null`: too little history to compare with. */
  readonly surprise: Surprise | null;
  readonly transfer: Transfer;
  /** Satoshis from which a transfer is very large. */
  readonly threshold: number;
};

export type Signal = FeeLevelSignal | LargeTransferSignal;

/** One block as detectors see it. */
export type BlockRow = { readonly features: BlockFeatures; readonly transfers: readonly Transfer[] };

/** `history` holds connected parents only, ascending, the block's own parent last; empty for a set of blocks. */
export type Detector = {
  readonly kind: SignalKind;
  /** How many earlier blocks a signal may depend on. */
  readonly lookBack: number;
  detect(row: BlockRow, history: readonly BlockFeatures[]): readonly Signal[];
};
