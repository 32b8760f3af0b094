import { type Selectable, type SqlBool, sql } from "kysely";
import type { Database, Tables } from "../database/schema.ts";
import { conditionOf, DOCUMENT, type InsightFilter, wordsOf } from "./search/insight-filter.ts";
import {
  type DecidedClaim,
  type StoredInsight,
  storedInsightOf,
  WORDING_COLUMNS,
  type WordingColumns,
  wordingOf,
} from "./insight-rows.ts";

/** The insight after which a page begins: its `publishedEventId`, and by relevance its `rank`. */
export type InsightPlace = { readonly before: number; readonly rank?: string | undefined };

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

/** The order never changes, so pages neither repeat nor miss anything. */
export async function listInsights(db: Database, query: InsightQuery): Promise<readonly FoundInsight[]> {
  const { limit, filter = {}, byRelevance = false, after } = query;
  const ranked = byRelevance && filter.text !== undefined;
  const rank = ranked ? sql<number>`ts_rank(${DOCUMENT}, ${wordsOf(filter.text ?? "")})` : sql<number>`0`;
  const published = sql.ref<number>("current_insights.published_event_id");
  const rows = await selectCurrent(db)
    .$if(ranked, (builder) => builder.select(sql<string>`(${rank})::text`.as("rank")))
    .where(conditionOf(filter))
    .$if(after !== undefined && !ranked, (builder) => builder.where(published, "<", after?.before ?? 0))
    .$if(after !== undefined && ranked, (builder) =>
      builder.where(sql<SqlBool>`(${rank}, ${published}) < (${after?.rank ?? "0"}::real, ${after?.before ?? 0})`),
    )
    .$if(ranked, (builder) => builder.orderBy(rank, "desc"))
    .orderBy(published, "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...ofCurrentRow(row), rank: row.rank ?? null }));
}

export async function findInsight(db: Database, id: string): Promise<StoredInsight | undefined> {
  const row = await selectCurrent(db).where("id", "=", id).executeTakeFirst();
  return row && ofCurrentRow(row);
}

/** All that was said of the block at a height, retracted ones among it, in the order in which it was published. */
export async function listInsightsAt(db: Database, height: number): Promise<readonly StoredInsight[]> {
  const rows = await selectCurrent(db).where("block_height", "=", height).orderBy("published_event_id").execute();
  return rows.map(ofCurrentRow);
}

/** A row of `current_insights`, where each insight stands once, in the template's words. */
export function storedInsightOfCurrentRow(row: Selectable<Tables["current_insights"]>): StoredInsight {
  const { status, status_reason: statusReason, event_id: eventId } = row;
  return storedInsightOf(row, { status, statusReason, eventId, wording: null });
}

export function selectCurrent(db: Database) {
  return db
    .selectFrom("current_insights")
    .leftJoin("wordings", (join) =>
      join
        .onRef("wordings.insight_id", "=", "current_insights.id")
        .onRef("wordings.block_hash", "=", "current_insights.block_hash"),
    )
    .selectAll("current_insights")
    .select(WORDING_COLUMNS)
    .select(sql<DecidedClaim | null>`claim_outcome(current_insights.evidence)`.as("decided"));
}

type CurrentRow = Selectable<Tables["current_insights"]> & WordingColumns & { readonly decided: DecidedClaim | null };

export function ofCurrentRow(row: CurrentRow): StoredInsight {
  return { ...storedInsightOfCurrentRow(row), wording: wordingOf(row), decided: row.decided };
}
