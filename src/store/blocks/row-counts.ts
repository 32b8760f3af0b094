import { sql } from "kysely";
import type { Database } from "../database/schema.ts";

export type RowCounts = { readonly blocks: number; readonly signals: number; readonly insights: number };

/**
 * How much is stored. Connected blocks need no counting: they have every height from the first stored to the cursor's;
 * the others are counted as they come. An insight that was found on several branches counts once.
 */
export async function countRows(db: Database): Promise<RowCounts> {
  const result = await sql<RowCounts>`
    SELECT (SELECT coalesce(max(cursor.height) - min(first.height) + 1, 0)
              FROM cursor, (SELECT min(height) AS height FROM block_headers WHERE connected) AS first)
             + (SELECT count(*) FROM block_headers WHERE NOT connected) AS blocks,
           (SELECT count FROM row_counts WHERE counted = 'signals') AS signals,
           (SELECT coalesce(sum(count), 0) FROM insight_tallies) AS insights`.execute(db);
  return result.rows[0] ?? { blocks: 0, signals: 0, insights: 0 };
}
