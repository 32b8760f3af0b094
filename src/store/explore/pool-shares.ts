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

/** Who mined the connected blocks of a span of header times, the most first. */
export async function listPoolShares(db: Database, { from, to }: Span): Promise<readonly PoolShare[]> {
  const { rows } = await sql<PoolShare>`
    SELECT feature.pool_name AS pool, count(*)::integer AS blocks,
      CASE WHEN count(feature.totalfee) = count(*) THEN sum(feature.totalfee)::double precision END AS fees,
      (count(*) FILTER (WHERE feature.txs = 1))::integer AS "emptyBlocks"
    FROM block_headers AS header JOIN block_features AS feature ON feature.blockhash = header.hash
    WHERE header.connected AND header.time >= ${from} AND header.time < ${to}
    GROUP BY feature.pool_name ORDER BY blocks DESC, pool`.execute(db);
  return rows;
}
