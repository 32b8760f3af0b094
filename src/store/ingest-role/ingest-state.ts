import type { MissingForecast } from "#signals";
import type { ModelBudget } from "../wordings/model-budget.ts";

/** A condition of the source, or of what is read from it. It was observed, and is true only while it lasts. */
export type SourceQuiet = {
  readonly reason: "source-behind" | "mempool-lost" | "reorg";
  /** Wall clock, unix seconds. */
  readonly since: number;
  /** For a person. */
  readonly detail: string;
};

/** What live ingest says about itself in its heartbeat; roles share no memory, so it passes through the database. */
export type IngestState = {
  readonly source: string;
  /** Connected blocks with a tip, or a set of blocks that need not be connected. */
  readonly sourceKind: "chain" | "set";
  /** What the source turned out to be, in a line for a person. */
  readonly sourceDescription: string;
  readonly sourceHealth: { readonly state: "healthy" | "degraded" | "down"; readonly reason: string | null };
  /** The chain's own clock, unix seconds. */
  readonly chainTime: number;
  /** Height of the source's tip; `null` for a set of blocks, which has none. */
  readonly tipHeight: number | null;
  /** Progress of catching up since start; `null` when there was nothing to catch up with. */
  readonly backfill: {
    readonly blocksDone: number;
    readonly blocksTotal: number;
    readonly blocksPerSecond: number | null;
    readonly etaSeconds: number | null;
  } | null;
  /** Why nothing is to be said of the present. */
  readonly quiet: readonly SourceQuiet[];
  /** What waits to be mined, as last seen; `null` where the source sees no mempool or has not yet. */
  readonly mempool: {
    /** Unix seconds of the source's clock. */
    readonly time: number;
    readonly count: number;
    readonly weight: number;
    /** Satoshis. */
    readonly totalFee: number;
    /** sat/vB below which the node takes nothing; `null` where it does not tell. */
    readonly minFeeRate: number | null;
    /** Median package fee rate of the next block as it would be mined now, sat/vB; `null` while nothing waits. */
    readonly nextBlockFeeRate: number | null;
  } | null;
  /** The language model that words new insights, and what of it may be used on a day; `null` where none does. */
  readonly model: ({ readonly name: string } & ModelBudget) | null;
  /** Whether another source can be chosen while it runs; `said`: a flag or a variable of the process names it. */
  readonly sourceChoice?: "open" | "said" | undefined;
  /** What is not forecast at present, and why. */
  readonly missingForecasts: readonly MissingForecast[];
};
