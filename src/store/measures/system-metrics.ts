import { type RawBuilder, sql } from "kysely";
import { countDurations, type Durations, percentileOf } from "#lib";
import type { Database } from "../database/schema.ts";

/** What a process measured of itself in the last seconds. */
export type SystemSample = {
  readonly instance: string;
  readonly rssBytes: number;
  readonly heapBytes: number;
  readonly cpuShare: number;
  readonly loopDelayP99Ms: number;
  readonly databaseMs: number;
  /** How long requests took until they were answered. */
  readonly requests: Durations;
  readonly streamClients: number;
  /** From when an event is stored to when all who listen were handed it, the longest; `null` where there was none. */
  readonly eventLagMs: number | null;
};

/** The same over a span of time: means, and percentiles of all requests in it; the longest that something waited. */
export type SystemPoint = {
  readonly time: Date;
  readonly samples: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
  readonly cpuShare: number;
  readonly loopDelayP99Ms: number;
  readonly databaseMs: number;
  readonly databaseBytes: number;
  readonly requests: number;
  readonly requestP50Ms: number | null;
  readonly requestP95Ms: number | null;
  readonly requestP99Ms: number | null;
  readonly streamClients: number;
  readonly eventLagMs: number | null;
};

export async function saveSystemSample(db: Database, sample: SystemSample): Promise<void> {
  await db
    .insertInto("system_metrics")
    .values({
      instance: sample.instance,
      rss_bytes: sample.rssBytes,
      heap_bytes: sample.heapBytes,
      cpu_share: sample.cpuShare,
      loop_delay_p99_ms: sample.loopDelayP99Ms,
      database_ms: sample.databaseMs,
      database_bytes: sql<number>`pg_database_size(current_database())`,
      requests: countDurations(sample.requests),
      request_buckets: [...sample.requests.keys()],
      request_counts: [...sample.requests.values()],
      stream_clients: sample.streamClients,
      event_lag_ms: sample.eventLagMs,
    })
    .execute();
}

/** What samples of a span say together, times of requests apart. */
const TOGETHER = sql`count(*)::integer AS samples,
  avg(rss_bytes)::float8 AS rss_bytes, avg(heap_bytes)::float8 AS heap_bytes, avg(cpu_share) AS cpu_share,
  max(loop_delay_p99_ms) AS loop_delay_p99_ms, avg(database_ms) AS database_ms, max(database_bytes) AS database_bytes,
  sum(requests)::integer AS requests, max(stream_clients) AS stream_clients, max(event_lag_ms) AS event_lag_ms`;

/** Their names, in that order. */
const COLUMNS = sql`samples, rss_bytes, heap_bytes, cpu_share, loop_delay_p99_ms, database_ms, database_bytes, requests,
  stream_clients, event_lag_ms`;

const NAMES = sql`"time", samples, rss_bytes AS "rssBytes", heap_bytes AS "heapBytes", cpu_share AS "cpuShare",
  loop_delay_p99_ms AS "loopDelayP99Ms", database_ms AS "databaseMs", database_bytes AS "databaseBytes", requests,
  stream_clients AS "streamClients", event_lag_ms AS "eventLagMs"`;

/** From when on samples are in no hour yet. Asked for by itself, so that it is known when samples are looked for. */
async function findNotRolledUp(db: Database): Promise<Date> {
  const { rows } = await sql<{ time: Date | null }>`
    SELECT max("time") + interval '1 hour' AS time FROM system_metric_hours`.execute(db);
  return rows[0]?.time ?? new Date(0);
}

/** What samples or hours say of requests: rows of `from`, each with a `time`, all of a time together, bucket by bucket. */
function requestsOf(from: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    SELECT "time", array_agg(bucket ORDER BY bucket) AS buckets, array_agg(count ORDER BY bucket) AS counts
    FROM (
      SELECT "time", told.bucket, sum(told.count)::integer AS count
      FROM (${from}) AS spans CROSS JOIN unnest(request_buckets, request_counts) AS told (bucket, count)
      GROUP BY "time", told.bucket
    ) AS each GROUP BY "time"`;
}

/** Makes hours of the samples of those that are over; a process writes its samples within seconds, and gets a minute. */
export async function rollUpSystemMetrics(db: Database): Promise<void> {
  const since = await findNotRolledUp(db);
  const samples = sql`
    SELECT date_trunc('hour', at, 'UTC') AS "time", * FROM system_metrics
    WHERE at >= ${since} AND at < date_trunc('hour', statement_timestamp() - interval '1 minute', 'UTC')`;
  await sql`
    INSERT INTO system_metric_hours ("time", ${COLUMNS}, request_buckets, request_counts)
    SELECT together.*, coalesce(buckets, '{}'), coalesce(counts, '{}')
    FROM (SELECT "time", ${TOGETHER} FROM (${samples}) AS samples GROUP BY 1) AS together
    LEFT JOIN (${requestsOf(samples)}) AS requests USING ("time")
    ON CONFLICT DO NOTHING`.execute(db);
}

type Span = { readonly hours: number; readonly stepSeconds: number };

const HOUR_SECONDS = 3_600;

/** Ascending; steps in which nothing was measured are left out. Of shorter steps than an hour no more is told than is kept. */
export async function readSystemMetrics(db: Database, { hours, stepSeconds }: Span): Promise<readonly SystemPoint[]> {
  const since = sql`statement_timestamp() - make_interval(hours => ${hours})`;
  if (stepSeconds === HOUR_SECONDS) return readHours(db, since);
  const samples = sql`
    SELECT date_bin(make_interval(secs => ${stepSeconds}), at, 'epoch') AS "time", * FROM system_metrics WHERE at > ${since}`;
  return readPoints(db, {
    points: sql`SELECT "time", ${TOGETHER} FROM (${samples}) AS samples GROUP BY 1`,
    spans: samples,
  });
}

async function readHours(db: Database, since: RawBuilder<unknown>): Promise<readonly SystemPoint[]> {
  const notRolledUp = await findNotRolledUp(db);
  const hours = sql`SELECT * FROM system_metric_hours WHERE "time" > ${since}`;
  const samples = sql`
    SELECT date_trunc('hour', at, 'UTC') AS "time", * FROM system_metrics WHERE at > ${since} AND at >= ${notRolledUp}`;
  return readPoints(db, {
    points: sql`
      SELECT "time", ${COLUMNS} FROM (${hours}) AS hours
      UNION ALL SELECT "time", ${TOGETHER} FROM (${samples}) AS samples GROUP BY 1`,
    spans: sql`
      SELECT "time", request_buckets, request_counts FROM (${hours}) AS hours
      UNION ALL SELECT "time", request_buckets, request_counts FROM (${samples}) AS samples`,
  });
}

type Reading = { readonly points: RawBuilder<unknown>; readonly spans: RawBuilder<unknown> };

async function readPoints(db: Database, { points, spans }: Reading): Promise<readonly SystemPoint[]> {
  const { rows } = await sql<PointRow>`
    SELECT ${NAMES}, coalesce(buckets, '{}') AS buckets, coalesce(counts, '{}') AS counts
    FROM (${points}) AS points LEFT JOIN (${requestsOf(spans)}) AS requests USING ("time") ORDER BY 1`.execute(db);
  return rows.map(({ buckets, counts, ...row }) => {
    const durations = new Map(buckets.map((bucket, place) => [bucket, counts[place] ?? 0]));
    return {
      ...row,
      requestP50Ms: percentileOf(durations, 0.5),
      requestP95Ms: percentileOf(durations, 0.95),
      requestP99Ms: percentileOf(durations, 0.99),
    };
  });
}

type PointRow = Omit<SystemPoint, `requestP${string}`> & {
  readonly buckets: readonly number[];
  readonly counts: readonly number[];
};
