import { sql } from "kysely";
import type { MempoolSnapshot } from "#bitcoin";
import type { Database } from "../database/schema.ts";
import type { Span } from "./read-series.ts";

export type SnapshotLine = Pick<
  MempoolSnapshot,
  "time" | "count" | "weight" | "totalFee" | "minFeeRate" | "histogram"
> & {
  /** Median package fee rate of the next block, sat/vB. */
  readonly nextBlockFeeRate: number | null;
};

/** Snapshots of a span, the last one of every so many seconds, ascending. */
export async function readMempoolHistory(
  db: Database,
  { from, to, every }: Span & { readonly every: number },
): Promise<readonly SnapshotLine[]> {
  const { rows } = await sql<SnapshotLine>`
    SELECT snapshot.time, count, weight, total_fee AS "totalFee", min_fee_rate AS "minFeeRate", histogram,
      (projected_blocks #> '{0,feeRates}' ->> 3)::double precision AS "nextBlockFeeRate"
    FROM (SELECT max(time) AS time FROM mempool_snapshots
      WHERE time >= ${from} AND time < ${to} GROUP BY div(time, ${every}::bigint)) AS picked
    JOIN mempool_snapshots AS snapshot ON snapshot.time = picked.time
    WHERE snapshot.time >= ${from} AND snapshot.time < ${to}
    ORDER BY snapshot.time`.execute(db);
  return rows;
}
