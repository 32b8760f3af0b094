import type { StoredInsight } from "./insight-rows.ts";
import type { InsightFilter } from "./search/insight-filter.ts";

/** The insight after which a page begins: its `publishedEventId` with its `publishedHeight`, or by relevance its `rank`. */
export type InsightPlace = {
  readonly before: number;
  readonly height?: number | undefined;
  readonly rank?: string | undefined;
};

export type InsightQuery = {
  readonly limit: number;
  readonly filter?: InsightFilter;
  /** By how well the text is met, instead of the newest first. */
  readonly byRelevance?: boolean;
  /** Of the last insight of the page before. */
  readonly after?: InsightPlace | undefined;
};

export type FoundInsight = StoredInsight & {
  /** How well the text is met, by relevance alone; as PostgreSQL writes it, so that it can be compared again exactly. */
  readonly rank: string | null;
};
