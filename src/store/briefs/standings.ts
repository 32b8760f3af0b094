import { type Selectable, sql } from "kysely";
import type { Standing } from "#insights";
import { blockHashOfColumn } from "../database/hash-column.ts";
import type { Database, Tables } from "../database/schema.ts";
import type { StoredInsight } from "../published/insight-rows.ts";
import { storedInsightOfCurrentRow } from "../published/select-current.ts";

/** With when it came to stand so, by the clock on the wall. */
export type StandingAt = Standing & { readonly at: Date };

/** Where insights stand now, by id. */
export async function readStandings(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, StandingAt>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Omit<StandingAt, "blockHash"> & { id: string; block_hash: Buffer }>`
    SELECT latest.id, latest.status, latest.reason, latest.at, latest.block_hash, insights.block_height AS height
    FROM (
      SELECT DISTINCT ON (insight_id) insight_id AS id, status, reason, at, block_hash
      FROM insight_statuses
      WHERE insight_id = ANY (${[...new Set(ids)]}::text[])
      ORDER BY insight_id, event_id DESC
    ) AS latest
    JOIN insights ON insights.id = latest.id AND insights.block_hash = latest.block_hash`.execute(db);
  return new Map(
    rows.map(({ id, block_hash: blockHash, ...standing }) => [
      id,
      { ...standing, blockHash: blockHashOfColumn(blockHash) },
    ]),
  );
}

export type ChangedInsight = StoredInsight & { readonly changedAt: Date };

/** How many events are looked at for one insight that is wanted: each has about two in its life. */
const EVENTS_EACH = 4;

/** Insights of which there was news, the newest news first. */
export async function listFeedInsights(db: Database, limit: number): Promise<readonly ChangedInsight[]> {
  const { rows } = await sql<Selectable<Tables["current_insights"]> & { changed_at: Date }>`
    WITH newest AS (
      SELECT insight_id, max(id) AS event_id, max(at) AS changed_at
      FROM (SELECT id, at, insight_id FROM events WHERE insight_id IS NOT NULL
            ORDER BY id DESC LIMIT ${limit * EVENTS_EACH}) AS recent
      GROUP BY insight_id ORDER BY event_id DESC LIMIT ${limit}
    )
    SELECT current_insights.*, newest.changed_at
    FROM newest JOIN current_insights ON current_insights.id = newest.insight_id
    ORDER BY newest.event_id DESC`.execute(db);
  return rows.map((row) => ({ ...storedInsightOfCurrentRow(row), changedAt: row.changed_at }));
}
