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
  // Steps are counted from the epoch. The bounds of all are said too: by them most days are left out before they are planned for.
  const first = Math.floor(from / every) * every;
  const { rows } = await sql<SnapshotLine>`
    SELECT snapshot.time, count, weight, total_fee AS "totalFee", min_fee_rate AS "minFeeRate", histogram,
      ${NEXT_BLOCK_FEE_RATE} AS "nextBlockFeeRate"
    FROM generate_series(${first}::bigint, ${to}::bigint - 1, ${every}::bigint) AS step
    CROSS JOIN LATERAL (
      SELECT * FROM mempool_snapshots
      WHERE time >= step AND time < step + ${every} AND time >= ${from} AND time < ${to}
      ORDER BY time DESC LIMIT 1) AS snapshot
    UNION ALL (
      SELECT DISTINCT ON (step) time, count, weight, total_fee, min_fee_rate, histogram, next_block_fee_rate
      FROM (SELECT *, time / ${every}::bigint AS step FROM mempool_hours WHERE time >= ${from} AND time < ${to}) AS hours
      ORDER BY step, time DESC)
    ORDER BY time`.execute(db);
  const stepOf = (row: SnapshotLine | undefined): number | undefined => row && Math.floor(row.time / every);
  // A step may begin in a day that was dropped and end in one that is there.
  return rows.filter((row, index) => stepOf(row) !== stepOf(rows[index + 1]));
}
