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
  // Steps are counted from the epoch.
  const first = Math.floor(from / every) * every;
  const { rows } = await sql<SnapshotLine>`
    SELECT snapshot.time, count, weight, total_fee AS "totalFee", min_fee_rate AS "minFeeRate", histogram,
      (projected_blocks #> '{0,feeRates}' ->> 3)::double precision AS "nextBlockFeeRate"
    FROM generate_series(${first}::bigint, ${to}::bigint - 1, ${every}::bigint) AS step
    CROSS JOIN LATERAL (
      SELECT * FROM mempool_snapshots
      WHERE time >= greatest(step, ${from}) AND time < least(step + ${every}, ${to})
      ORDER BY time DESC LIMIT 1) AS snapshot
    ORDER BY snapshot.time`.execute(db);
  return rows;
}
