import { sql } from "kysely";
import type { MempoolSnapshot } from "#bitcoin";
import type { Database } from "../database/schema.ts";
import { NEXT_BLOCK_FEE_RATE } from "../mempool/next-block-fee-rate.ts";
import type { Span } from "./read-series.ts";

export type SnapshotLine = Pick<
  MempoolSnapshot,
  "time" | "count" | "weight" | "totalFee" | "minFeeRate" | "histogram"
> & {
  /** Median package fee rate of the next block, sat/vB. */
  readonly nextBlockFeeRate: number | null;
};

/** Snapshots of a span, the last one of every so many seconds, ascending; of days that were dropped that of every hour at most. */
export async function readMempoolHistory(
  db: Database,
  { from, to, every }: Span & { readonly every: number },
): Promise<readonly SnapshotLine[]> {
  // Steps are counted from the epoch.
  const first = Math.floor(from / every) * every;
  const { rows } = await sql<SnapshotLine>`
    SELECT snapshot.time, count, weight, total_fee AS "totalFee", min_fee_rate AS "minFeeRate", histogram,
      ${NEXT_BLOCK_FEE_RATE} AS "nextBlockFeeRate"
    FROM generate_series(${first}::bigint, ${to}::bigint - 1, ${every}::bigint) AS step
    CROSS JOIN LATERAL (
      SELECT * FROM mempool_snapshots
      WHERE time >= greatest(step, ${from}) AND time < least(step + ${every}, ${to})
      ORDER BY time DESC LIMIT 1) AS snapshot
    UNION ALL (
      SELECT DISTINCT ON (step) time, count, weight, total_fee, min_fee_rate, histogram, next_block_fee_rate
      FROM (SELECT *, time / ${every}::bigint AS step FROM mempool_hours WHERE time >= ${from} AND time < ${to}) AS hours
      WHERE step < coalesce((SELECT min(time) FROM mempool_snapshots), ${to}) / ${every}::bigint
      ORDER BY step, time DESC)
    ORDER BY time`.execute(db);
  return rows;
}
