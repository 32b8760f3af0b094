import type { Distribution } from "./distribution.ts";
import type { Interval } from "./intervals.ts";

/** Blocks within which a transaction shall be mined. */
export const FEE_TARGETS = [1, 3, 6, 144] as const;

export type FeeTarget = (typeof FEE_TARGETS)[number];

/** A block as fee forecasts look back on it. */
export type MinedBlock = {
  readonly height: number;
  /** As its header claims, unix seconds. */
  readonly time: number;
  /**
   * sat/vB: package fee rate below which 5 % of the weight lies, the coinbase apart. Below that nearly nothing got in.
   * `null` of an empty block.
   */
  readonly lowRate: number | null;
};

/** What it takes to be mined within so many blocks: the lowest of the low rates of the next blocks. */
export type FeeForecast = {
  readonly target: FeeTarget;
  /** Of the tip that it was made on. */
  readonly height: number;
  /** Unix seconds of the source's clock. */
  readonly time: number;
  /** Outcomes of its own that it rests on. */
  readonly outcomes: number;
  /** sat/vB: as often too little as enough. */
  readonly median: number;
  /** sat/vB. */
  readonly intervals: readonly Interval[];
  /** sat/vB: all that may come out. */
  readonly distribution: Distribution;
};
