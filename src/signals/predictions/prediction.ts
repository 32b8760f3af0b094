import type { BlockHash } from "#bitcoin";
import type { Interval } from "../forecasts/intervals.ts";
import type { BlockRow, MetricUnit, Signal, SignalKind } from "../signal.ts";

export const FORECAST_KINDS = ["fee-rate", "next-difficulty", "next-halving", "exchange-pressure"] as const;

export type ForecastKind = (typeof FORECAST_KINDS)[number];

/** What a signal claims about blocks to come: it will be true or false. */
export type ClaimStatement = {
  readonly type: "claim";
  /** The sentence. */
  readonly text: string;
  /** 0…1; `null` where too few outcomes were known to state one. */
  readonly probability: number | null;
  /** What calibration learns from. */
  readonly score: number;
  /** With the level that it passed and whom it is about: by that it is decided. */
  readonly signal: Signal;
};

/** A number that will be seen. */
export type ValueStatement = {
  readonly type: "value";
  readonly unit: MetricUnit | "unix-seconds";
  /** How the number is seen in blocks, for a person. */
  readonly rule: string;
  /** As often too low as too high. */
  readonly median: number;
  /** Narrowest first. */
  readonly intervals: readonly Interval[];
  /** Misses and widths are counted in doublings or in the unit. */
  readonly scale: "octaves" | "linear";
  /** Difficulty that a change is counted from; `null` where it is none. */
  readonly base: number | null;
};

/** What is said about blocks to come, as it stood when it was said. */
export type Prediction = {
  /** 32 hex digits of the hash of all the rest. */
  readonly id: string;
  readonly kind: SignalKind | ForecastKind;
  /** Whom or what it is about, where there are several of a kind. */
  readonly subject: string | null;
  /** The block after which it was made. */
  readonly height: number;
  readonly blockHash: BlockHash;
  /** By the chain's clock, unix seconds. */
  readonly time: number;
  /** Height of the block that decides it, at the latest. */
  readonly dueHeight: number;
  /** Made at the tip. What is made while history is read knows no more, but the outcome is already in the chain. */
  readonly live: boolean;
  /** What its probability or its intervals were learnt from; `null` where they rest on nothing learnt. */
  readonly calibration: string | null;
  readonly statement: ClaimStatement | ValueStatement;
};

/** What came of a prediction. */
export type Outcome =
  | { readonly type: "claim"; readonly came: boolean }
  | { readonly type: "value"; readonly value: number }
  /** Blocks do not tell: it counts neither way. */
  | { readonly type: "unknown"; readonly reason: string };

/** A block as predictions are decided by it. */
export type DecidingRow = BlockRow & {
  /** See `MinedBlock`; `undefined` where nobody looked. */
  readonly lowRate?: number | null | undefined;
};
