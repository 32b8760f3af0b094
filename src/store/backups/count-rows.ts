import type { Client } from "pg";
import type { RowCounts } from "./manifest.ts";

const TABLES = [
  "block_headers",
  "block_features",
  "block_flows",
  "entity_flows",
  "transfers",
  "transfer_parties",
  "signals",
  "insights",
  "insight_statuses",
  "wordings",
  "events",
  "scorecard_entries",
  "predictions",
  "briefs",
  "prices",
  "labels",
  "watches",
  "settings",
  "people",
  "audit_entries",
  "insight_ratings",
  "insight_comments",
];

export async function countTables(client: Client): Promise<RowCounts> {
  const counts: [string, number][] = [];
  // One that was restored may be of an earlier program, which had not all of them.
  const there = await client.query<{ table: string }>(
    "SELECT name AS table FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NOT NULL",
    [TABLES],
  );
  for (const { table } of there.rows) {
    const { rows } = await client.query<{ count: string }>(`SELECT count(*) AS count FROM ${table}`);
    counts.push([table, Number(rows[0]?.count ?? 0)]);
  }
  return Object.fromEntries(counts);
}

/** Rows that were ever inserted into each table, or partition of one, by its number. */
export type Insertions = ReadonlyMap<number, { readonly table: string; readonly rows: number }>;

/** As the server counts them: what a connection did within its last second may not be among them. */
export async function countInsertions(client: Client): Promise<Insertions> {
  const { rows } = await client.query<{ id: number; table: string; inserted: string }>(
    `SELECT relid AS id, coalesce(parent.relname, stat.relname) AS table, n_tup_ins AS inserted
     FROM pg_stat_user_tables AS stat LEFT JOIN pg_inherits ON inhrelid = relid
     LEFT JOIN pg_class AS parent ON parent.oid = inhparent
     WHERE coalesce(parent.relname, stat.relname) = ANY ($1)`,
    [TABLES],
  );
  return new Map(rows.map(({ id, table, inserted }) => [id, { table, rows: Number(inserted) }]));
}

/** Rows that came to each table in between; of partitions those that are still there. */
export function insertedSince(before: Insertions, after: Insertions): RowCounts {
  const sums: Record<string, number> = {};
  for (const [id, { table, rows }] of after) {
    sums[table] = (sums[table] ?? 0) + Math.max(0, rows - (before.get(id)?.rows ?? 0));
  }
  return sums;
}
