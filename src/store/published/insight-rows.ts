import type { Insertable, Selectable } from "kysely";
import type { Insight, InsightStatus } from "#insights";
import { blockHashOfColumn, byteaOf } from "../database/hash-column.ts";
import type { InsightsTable, Tables } from "../database/schema.ts";

/** An insight with where it stands. */
export type StoredInsight = Insight & {
  readonly status: InsightStatus;
  readonly statusReason: string | null;
  /** The latest event that concerns it. */
  readonly eventId: number;
  /** The event that first published it: the order of lists. */
  readonly publishedEventId: number;
};

type Standing = Pick<StoredInsight, "status" | "statusReason" | "eventId">;

export function insightRow(insight: Insight, publishedEventId: number): Insertable<Tables["insights"]> {
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
    published_event_id: publishedEventId,
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
    publishedEventId: row.published_event_id,
    ...standing,
  };
}

function surpriseOf(row: Selectable<InsightsTable>): Insight["surprise"] {
  const { surprise_percentile: percentile, surprise_sample_size: sampleSize } = row;
  return percentile === null || sampleSize === null ? null : { percentile, sampleSize };
}
