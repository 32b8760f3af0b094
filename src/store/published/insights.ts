import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { Database } from "../database/schema.ts";
import type { FoundInsight, InsightPlace, InsightQuery } from "./insight-query.ts";
import type { StoredInsight } from "./insight-rows.ts";
import { conditionOf, isOfWords } from "./search/insight-filter.ts";
import { listByRelevance } from "./search/list-by-relevance.ts";
import { ofCurrentRow, selectCurrent } from "./select-current.ts";

/**
 * By the block that told of each first, the newest first: what began long ago and is noticed now is on top, and what is
 * found in old blocks later stands among what was said of them. Nothing moves, so pages neither repeat nor miss anything.
 */
export async function listInsights(db: Database, query: InsightQuery): Promise<readonly FoundInsight[]> {
  const { limit, filter = {}, byRelevance = false, after } = query;
  if (byRelevance && filter.text !== undefined && isOfWords(filter.text)) return listByRelevance(db, query);
  const rows = await selectCurrent(db)
    .where(conditionOf(filter))
    .$if(after !== undefined, (builder) => builder.where(isBehind(after)))
    .orderBy("current_insights.published_height", "desc")
    .orderBy("current_insights.published_event_id", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...ofCurrentRow(row), rank: null }));
}

function isBehind({ height = 0, before = 0 }: Partial<InsightPlace> = {}): RawBuilder<SqlBool> {
  return sql<SqlBool>`(current_insights.published_height, current_insights.published_event_id) < (${height}, ${before})`;
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
