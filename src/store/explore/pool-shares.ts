import { sql } from "kysely";
import type { Database } from "../database/schema.ts";
import type { Span } from "./read-series.ts";

export type PoolShare = {
  /** `null`: nobody is known to have mined these. */
  readonly pool: string | null;
  readonly blocks: number;
  /** Satoshis; `null` where a block came without spent outputs. */
  readonly fees: number | null;
  readonly emptyBlocks: number;
};

const DAY_SECONDS = 86_400;

/** Who mined the connected blocks of a span of header times, the most first. */
export async function listPoolShares(db: Database, { from, to }: Span): Promise<readonly PoolShare[]> {
  // Whole days are rolled up, but for those that changed since; of the days at both ends blocks are read.
  const first = Math.min(to, Math.ceil(from / DAY_SECONDS) * DAY_SECONDS);
  const last = Math.max(first, Math.floor(to / DAY_SECONDS) * DAY_SECONDS);
  const { rows } = await sql<PoolShare>`
    WITH stale AS MATERIALIZED (
      SELECT start FROM stale_rollups WHERE resolution = 'day' AND start >= ${first} AND start < ${last}
    ), part AS (
      SELECT pool, blocks, with_fees, fees, empty_blocks FROM pool_rollups
      WHERE start >= ${first} AND start < ${last} AND start NOT IN (SELECT start FROM stale)
      UNION ALL
      SELECT feature.pool_name, 1, (feature.totalfee IS NOT NULL)::integer, coalesce(feature.totalfee, 0), (feature.txs = 1)::integer
      FROM (VALUES (${from}::bigint, ${first}::bigint), (${last}, ${to})
            UNION ALL SELECT start, start + ${DAY_SECONDS} FROM stale) AS span (since, until)
      JOIN block_headers AS header ON header.connected AND header.time >= span.since AND header.time < span.until
      JOIN block_features AS feature ON feature.blockhash = header.hash
    )
    SELECT pool, sum(blocks)::integer AS blocks,
      CASE WHEN sum(with_fees) = sum(blocks) THEN sum(fees)::double precision END AS fees,
      sum(empty_blocks)::integer AS "emptyBlocks"
    FROM part GROUP BY pool ORDER BY blocks DESC, pool`.execute(db);
  return rows;
}
