import type { Client } from "pg";
import type { RowCounts } from "./manifest.ts";

const TABLES = ["block_headers", "block_features", "transfers", "signals", "insights", "events", "scorecard_entries"];

export async function countTables(client: Client): Promise<RowCounts> {
  const counts: [string, number][] = [];
  for (const table of TABLES) {
    const { rows } = await client.query<{ count: string }>(`SELECT count(*) AS count FROM ${table}`);
    counts.push([table, Number(rows[0]?.count ?? 0)]);
  }
  return Object.fromEntries(counts);
}
