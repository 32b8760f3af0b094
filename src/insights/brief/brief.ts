import type { BlockHash } from "#bitcoin";
import type { Insight, InsightStatus } from "../insight.ts";
import type { ChartSpec } from "../chart.ts";

/** A day of UTC as `2026-03-14`. */
export type Day = string;

/** A block's number in a series; `null` where the block does not tell it. */
export type ChartPoint = { readonly height: number; readonly time: number; readonly value: number | null };

/** A chart with the numbers that were drawn, so that it is drawn the same ever after. */
export type Picture = { readonly chart: ChartSpec; readonly points: readonly ChartPoint[] };

/** What ranks an event; each factor is told, so that the order can be checked. */
export type BriefScore = {
  /** log10 of "once in": 2 for what one block in a hundred passes. */
  readonly surprise: number;
  readonly confidence: number;
  readonly diversity: number;
  readonly product: number;
};

/** An event of the day, told by its strongest insight. */
export type BriefItem = {
  readonly insight: Insight;
  /** Other insights about the same event, each with the block on which it stood; briefs of earlier versions do not say it. */
  readonly also: readonly {
    readonly id: string;
    readonly headline: string;
    readonly blockHash?: BlockHash | undefined;
  }[];
  readonly score: BriefScore;
  readonly picture: Picture | null;
};

/** What a day held. Once published it stays as it is. */
export type Brief = {
  readonly day: Day;
  readonly network: string;
  readonly simulated: boolean;
  /** The stored blocks whose headers are of that day; `null` where there is none. */
  readonly blocks: { readonly first: number; readonly last: number; readonly count: number } | null;
  /** Insights of the day that stood when it was composed, and the events that they tell of. */
  readonly insights: number;
  readonly events: number;
  readonly items: readonly BriefItem[];
};

/** Where an insight stands when a brief is shown: a block may have left the chain since, or its event have gone on. */
export type Standing = {
  readonly status: InsightStatus;
  readonly reason: string | null;
  /** Of the block on which it stands, or stood last. */
  readonly height: number;
  readonly blockHash: BlockHash;
};

/** By an insight's id. */
export type Standings = ReadonlyMap<string, Standing>;

/** A brief with when it was published: seconds of the chain's clock; `null` where it was not. */
export type DatedBrief = { readonly brief: Brief; readonly publishedAt: number | null };
