import type { Selectable } from "kysely";
import type { InsightCategory } from "#insights";
import type { Database, Tables } from "../database/schema.ts";
import { type StoredInsight, storedInsightOf } from "./insight-rows.ts";

export type InsightQuery = {
  readonly limit: number;
  /** Only what was published before this event: the `publishedEventId` of the last insight of the page before. */
  readonly before?: number | undefined;
  readonly category?: InsightCategory | undefined;
};

/** The newest news first. The order never changes, so pages neither repeat nor miss anything. */
export async function listInsights(db: Database, query: InsightQuery): Promise<readonly StoredInsight[]> {
  const { limit, before, category } = query;
  const rows = await db
    .selectFrom("current_insights")
    .selectAll()
    .$if(before !== undefined, (builder) => builder.where("published_event_id", "<", before ?? 0))
    .$if(category !== undefined, (builder) => builder.where("category", "=", category ?? "network"))
    .orderBy("published_event_id", "desc")
    .limit(limit)
    .execute();
  return rows.map(storedInsightOfCurrentRow);
}

export async function findInsight(db: Database, id: string): Promise<StoredInsight | undefined> {
  const row = await db.selectFrom("current_insights").selectAll().where("id", "=", id).executeTakeFirst();
  return row && storedInsightOfCurrentRow(row);
}

/** A row of `current_insights`, where each insight stands once. */
export function storedInsightOfCurrentRow(row: Selectable<Tables["current_insights"]>): StoredInsight {
  return storedInsightOf(row, { status: row.status, statusReason: row.status_reason, eventId: row.event_id });
}
