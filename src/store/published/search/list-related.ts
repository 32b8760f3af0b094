import { sql } from "kysely";
import type { Database } from "../../database/schema.ts";
import type { StoredInsight } from "../insight-rows.ts";
import { ofCurrentRow, selectCurrent } from "../select-current.ts";

const NEAR_BLOCKS = 1_008;

/** Insights of a week around another that share whom they are about, the block or the kind; the closest first. */
export async function listRelated(
  db: Database,
  insight: StoredInsight,
  limit: number,
): Promise<readonly StoredInsight[]> {
  const { id, kind, height, evidence } = insight;
  const actor = evidence.subject?.actor ?? null;
  const inCommon = sql<number>`(
    CASE WHEN evidence->'subject'->>'actor' = ${actor} THEN 4 ELSE 0 END
    + CASE WHEN block_height = ${height} THEN 2 ELSE 0 END + CASE WHEN kind = ${kind} THEN 1 ELSE 0 END)`;
  const rows = await selectCurrent(db)
    .where("block_height", ">=", height - NEAR_BLOCKS)
    .where("block_height", "<=", height + NEAR_BLOCKS)
    .where("id", "!=", id)
    .where("status", "!=", "retracted")
    .where(inCommon, ">", 0)
    .orderBy(inCommon, "desc")
    .orderBy(sql`abs(block_height - ${height})`)
    .orderBy("published_event_id", "desc")
    .limit(limit)
    .execute();
  return rows.map(ofCurrentRow);
}
