import { sql } from "kysely";
import type { Database } from "../database/schema.ts";

/** The connected blocks that are stored: one piece, without a gap. */
export type StoredSpan = { readonly first: number; readonly last: number };

export async function findSpan(db: Database): Promise<StoredSpan | undefined> {
  const { rows } = await sql<{ first: number | null; last: number | null }>`
    SELECT (SELECT min(height) FROM block_headers WHERE connected) AS first, (SELECT height FROM cursor) AS last`.execute(
    db,
  );
  const { first = null, last = null } = rows[0] ?? {};
  return first === null || last === null ? undefined : { first, last };
}
