import { sql } from "kysely";
import type { Aggregate, Metric } from "#features";
import type { Database } from "../database/schema.ts";
import { blocksWith, valueOf } from "./metric-sql.ts";

/** Unix seconds of header times; `to` is not included. */
export type Span = { readonly from: number; readonly to: number };

export type SeriesPoint = {
  /** Unix seconds: header time of the block, or when the hour or day begins. */
  readonly time: number;
  /** Of the block; `null` of an hour or a day. */
  readonly height: number | null;
  readonly value: number;
  /** Blocks that have a value. */
  readonly n: number;
};

type Limited = Span & {
  readonly limit: number;
  /** What labels tell, as they were at this version; absent: by the newest. */
  readonly labelVersion?: number | undefined;
};

/** A metric block by block, ascending by height. Blocks without a value are left out. */
export async function readBlockSeries(
  db: Database,
  metric: Metric,
  { from, to, limit, labelVersion }: Limited,
): Promise<SeriesPoint[]> {
  const { rows } = await sql<SeriesPoint>`
    SELECT * FROM (
      SELECT header.time, header.height, ${valueOf(metric)} AS value, 1 AS n
      FROM block_headers AS header ${blocksWith([metric], labelVersion)}
      WHERE header.connected AND header.time >= ${from} AND header.time < ${to}
    ) AS points WHERE value IS NOT NULL ORDER BY height LIMIT ${limit}`.execute(db);
  return rows;
}

type Rolled = Limited & { readonly resolution: "hour" | "day"; readonly aggregate: Aggregate };

/** A metric by hours or days that begin in the span, ascending by time. Those without a value are left out. */
export async function readRolledSeries(db: Database, metric: Metric, query: Rolled): Promise<SeriesPoint[]> {
  const { from, to, limit, resolution, aggregate, labelVersion } = query;
  if (labelVersion !== undefined && (await wasReadAnew(db, { from, to, labelVersion })))
    return readSeriesAsOf(db, metric, { ...query, labelVersion });
  const column = aggregate === "mean" ? sql`sum / n` : sql.ref(aggregate);
  // One text instead of thousands of rows: what takes time is to read them here.
  const { rows } = await sql<{ points: readonly (readonly [time: number, value: number, n: number])[] }>`
    SELECT coalesce(json_agg(json_build_array(start, value, n) ORDER BY start), '[]') AS points FROM (
      SELECT start, ${column} AS value, n FROM rollups
      WHERE metric = ${metric.name} AND resolution = ${resolution} AND start >= ${from} AND start < ${to}
      ORDER BY start LIMIT ${limit}) AS chosen`.execute(db);
  return (rows[0]?.points ?? []).map(([time, value, n]) => ({ time, height: null, value, n }));
}

const AGGREGATES = {
  mean: sql`avg(value)`,
  sum: sql`sum(value)`,
  min: sql`min(value)`,
  max: sql`max(value)`,
  median: sql`percentile_cont(0.5) WITHIN GROUP (ORDER BY value)`,
} as const satisfies Readonly<Record<Aggregate, unknown>>;

/** Of blocks: hours and days are kept by the newest labels alone. */
async function readSeriesAsOf(
  db: Database,
  metric: Metric,
  { from, to, limit, resolution, aggregate, labelVersion }: Rolled,
): Promise<SeriesPoint[]> {
  const seconds = resolution === "hour" ? 3_600 : 86_400;
  const { rows } = await sql<Omit<SeriesPoint, "height">>`
    SELECT time / ${seconds}::integer * ${seconds}::integer AS time, ${AGGREGATES[aggregate]} AS value, count(*)::integer AS n
    FROM (
      SELECT header.time, ${valueOf(metric)} AS value
      FROM block_headers AS header ${blocksWith([metric], labelVersion)}
      WHERE header.connected AND header.time >= ${from} AND header.time < ${to}
    ) AS blocks WHERE value IS NOT NULL GROUP BY 1 ORDER BY 1 LIMIT ${limit}`.execute(db);
  return rows.map((row) => ({ ...row, height: null }));
}

/** Whether any block of the span was read by a later version of the labels; else what is rolled up is as it was then. */
export async function wasReadAnew(
  db: Database,
  { from, to, labelVersion }: Span & { readonly labelVersion: number },
): Promise<boolean> {
  const { rows } = await sql<{ anew: boolean }>`
    SELECT EXISTS (
      SELECT FROM block_flows JOIN block_headers ON hash = blockhash
      WHERE label_version > ${labelVersion} AND time >= ${from} AND time < ${to}
    ) AS anew`.execute(db);
  return rows[0]?.anew ?? true;
}

/** How many blocks of a span of days have a value of each metric. */
export async function readCoverage(db: Database, { from, to }: Span): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ metric: string; n: number }>`
    SELECT metric, sum(n)::integer AS n FROM rollups
    WHERE resolution = 'day' AND start >= ${from} AND start < ${to} GROUP BY metric`.execute(db);
  return new Map(rows.map(({ metric, n }) => [metric, n]));
}
