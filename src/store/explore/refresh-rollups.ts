import { sql, type Transaction } from "kysely";
import { METRICS } from "#features";
import type { Database, Tables } from "../database/schema.ts";
import { blocksWith, valueOf } from "./metric-sql.ts";

/** Hours and days that are computed in one transaction: of days that is a month of blocks. */
const AT_ONCE = 30;

const ALL = [...METRICS.values()];

/** Computes anew some hours and days whose blocks changed, the newest first; returns how many. */
export async function refreshRollups(db: Database): Promise<number> {
  return db.transaction().execute(async (trx) => {
    // Those marks first, in a statement of its own: what is read after it includes every block that made one of them.
    const { rows: spans } = await sql<Span>`
      DELETE FROM stale_rollups WHERE (resolution, start) IN (
        SELECT resolution, start FROM stale_rollups ORDER BY start DESC LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)
      RETURNING resolution, start`.execute(trx);
    if (spans.length > 0) await compute(trx, spans);
    return spans.length;
  });
}

type Unmade = { readonly from: number; readonly to: number; readonly resolution: "hour" | "day" };

/** How many hours or days of a span, in unix seconds, have blocks and were never computed yet. */
export async function countUnmade(db: Database, { from, to, resolution }: Unmade): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::integer AS count FROM stale_rollups AS stale
    WHERE resolution = ${resolution} AND start >= ${from} AND start < ${to} AND NOT EXISTS (
      SELECT FROM rollups WHERE metric = 'txs' AND rollups.resolution = stale.resolution AND rollups.start = stale.start)`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/** Hours and days that wait to be computed. */
export async function countStale(db: Database): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::integer AS count FROM stale_rollups`.execute(db);
  return rows[0]?.count ?? 0;
}

type Span = { readonly resolution: string; readonly start: number };

async function compute(trx: Transaction<Tables>, spans: readonly Span[]): Promise<void> {
  const resolutions = spans.map(({ resolution }) => resolution);
  const starts = spans.map(({ start }) => start);
  const span = sql`unnest(${resolutions}::text[], ${starts}::bigint[]) AS span (resolution, start)`;
  const blocks = sql`${span}
    JOIN block_headers AS header ON header.connected AND header.time >= span.start
      AND header.time < span.start + CASE span.resolution WHEN 'hour' THEN 3600 ELSE 86400 END`;
  for (const table of ["rollups", "entity_rollups"])
    await sql`DELETE FROM ${sql.table(table)} AS old USING ${span}
      WHERE old.resolution = span.resolution AND old.start = span.start`.execute(trx);
  await sql`DELETE FROM pool_rollups AS old USING ${span} WHERE span.resolution = 'day' AND old.start = span.start`.execute(
    trx,
  );
  const values = ALL.map((metric) => sql`(${sql.lit(metric.name)}, ${valueOf(metric)})`);
  await sql`
    INSERT INTO rollups (metric, resolution, start, n, sum, min, max, median)
    SELECT one.metric, span.resolution, span.start, count(*), sum(one.value), min(one.value), max(one.value),
      percentile_cont(0.5) WITHIN GROUP (ORDER BY one.value)
    FROM ${blocks} ${blocksWith(ALL)} CROSS JOIN LATERAL (VALUES ${sql.join(values)}) AS one (metric, value)
    WHERE one.value IS NOT NULL
    GROUP BY one.metric, span.resolution, span.start`.execute(trx);
  await sql`
    INSERT INTO entity_rollups (actor, kind, resolution, start, inflow, outflow, mined, deposits, withdrawals)
    SELECT flow.actor, flow.kind, span.resolution, span.start, sum(inflow), sum(outflow), sum(mined),
      sum(deposits), sum(withdrawals)
    FROM ${blocks} JOIN entity_flows AS flow ON flow.blockhash = header.hash
      AND flow.label_version = (SELECT max(label_version) FROM block_flows WHERE blockhash = header.hash)
    GROUP BY flow.actor, flow.kind, span.resolution, span.start`.execute(trx);
  await sql`
    INSERT INTO pool_rollups (pool, start, blocks, with_fees, fees, empty_blocks)
    SELECT feature.pool_name, span.start, count(*), count(feature.totalfee), coalesce(sum(feature.totalfee), 0),
      count(*) FILTER (WHERE feature.txs = 1)
    FROM ${blocks} JOIN block_features AS feature ON feature.blockhash = header.hash
    WHERE span.resolution = 'day' GROUP BY feature.pool_name, span.start`.execute(trx);
}
