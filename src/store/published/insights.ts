import type { Selectable } from "kysely";
import type { InsightCategory } from "#insights";
import type { Database, Tables } from "../database/schema.ts";
import {
  type StoredInsight,
  storedInsightOf,
  WORDING_COLUMNS,
  type WordingColumns,
  wordingOf,
} from "./insight-rows.ts";

export type InsightQuery = {
  readonly limit: number;
  /** Only what was published before this event: the `publishedEventId` of the last insight of the page before. */
  readonly before?: number | undefined;
  readonly category?: InsightCategory | undefined;
};

/** The newest news first. The order never changes, so pages neither repeat nor miss anything. */
export async function listInsights(db: Database, query: InsightQuery): Promise<readonly StoredInsight[]> {
  const { limit, before, category } = query;
  const rows = await selectCurrent(db)
    .$if(before !== undefined, (builder) => builder.where("published_event_id", "<", before ?? 0))
    .$if(category !== undefined, (builder) => builder.where("category", "=", category ?? "network"))
    .orderBy("published_event_id", "desc")
    .limit(limit)
    .execute();
  return rows.map(ofCurrentRow);
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

function selectCurrent(db: Database) {
  return db
    .selectFrom("current_insights")
    .leftJoin("wordings", (join) =>
      join
        .onRef("wordings.insight_id", "=", "current_insights.id")
        .onRef("wordings.block_hash", "=", "current_insights.block_hash"),
    )
    .selectAll("current_insights")
    .select(WORDING_COLUMNS);
}

function ofCurrentRow(row: Selectable<Tables["current_insights"]> & WordingColumns): StoredInsight {
  return { ...storedInsightOfCurrentRow(row), wording: wordingOf(row) };
}
