import type { Insertable, Selectable } from "kysely";
import type { Insight, InsightStatus } from "#insights";
import { blockHashOfColumn, byteaOf } from "../database/hash-column.ts";
import type { InsightsTable, Tables } from "../database/schema.ts";

/** A language model's text for an insight in one block. */
export type Wording = {
  /** `<provider>:<model>` */
  readonly model: string;
  readonly headline: string;
  readonly summary: string;
};

/** How it was told first, on whichever branch: by which event, and of which block. */
export type Published = { readonly eventId: number; readonly height: number };

/** An insight with where it stands. Its own text is always that of the template. */
export type StoredInsight = Insight & {
  readonly status: InsightStatus;
  readonly statusReason: string | null;
  /** The latest event that concerns it. */
  readonly eventId: number;
  /** Of the block that told of it first: the order of lists, which no update changes. */
  readonly publishedHeight: number;
  /** The event that first published it: the order of those that one block told of. */
  readonly publishedEventId: number;
  /** What readers are shown instead of the template's text; `null` where no model's text was published. */
  readonly wording: Wording | null;
  /** What blocks decided of its claim; `null` while that is open or where it claims nothing, absent where nobody asked. */
  readonly decided?: DecidedClaim | null;
};

/** `came` is `null` where blocks do not tell. */
export type DecidedClaim = { readonly height: number; readonly came: boolean | null };

type Standing = Pick<StoredInsight, "status" | "statusReason" | "eventId" | "wording" | "decided">;

/** Columns of a model's text beside those of its insight. */
export const WORDING_COLUMNS = [
  "wordings.model",
  "wordings.headline as worded_headline",
  "wordings.summary as worded_summary",
] as const;

/** Their values; `null` where there is no such text. */
export type WordingColumns = {
  readonly model: string | null;
  readonly worded_headline: string | null;
  readonly worded_summary: string | null;
};

export function wordingOf({
  model,
  worded_headline: headline,
  worded_summary: summary,
}: WordingColumns): Wording | null {
  return model === null || headline === null || summary === null ? null : { model, headline, summary };
}

export function insightRow(insight: Insight, published: Published): Insertable<Tables["insights"]> {
  return {
    id: insight.id,
    block_hash: byteaOf(insight.blockHash),
    block_height: insight.height,
    block_time: insight.blockTime,
    kind: insight.kind,
    category: insight.category,
    headline: insight.headline,
    summary: insight.summary,
    surprise_percentile: insight.surprise?.percentile ?? null,
    surprise_sample_size: insight.surprise?.sampleSize ?? null,
    confidence: insight.confidence,
    evidence: insight.evidence,
    simulated: insight.simulated,
    published_event_id: published.eventId,
    published_height: published.height,
  };
}

export function storedInsightOf(row: Selectable<InsightsTable>, standing: Standing): StoredInsight {
  return {
    id: row.id,
    kind: row.kind,
    category: row.category,
    height: row.block_height,
    blockHash: blockHashOfColumn(row.block_hash),
    blockTime: row.block_time,
    headline: row.headline,
    summary: row.summary,
    surprise: surpriseOf(row),
    confidence: row.confidence,
    evidence: row.evidence,
    simulated: row.simulated,
    publishedHeight: row.published_height,
    publishedEventId: row.published_event_id,
    ...standing,
  };
}

function surpriseOf(row: Selectable<InsightsTable>): Insight["surprise"] {
  const { surprise_percentile: percentile, surprise_sample_size: sampleSize } = row;
  return percentile === null || sampleSize === null ? null : { percentile, sampleSize };
}
