import { sql } from "kysely";
import type { Database } from "../database/schema.ts";

/** What a process measured of itself in the last seconds. */
export type SystemSample = {
  readonly instance: string;
  readonly rssBytes: number;
  readonly heapBytes: number;
  readonly cpuShare: number;
  readonly loopDelayP99Ms: number;
  readonly databaseMs: number;
  readonly requests: number;
  /** `null` where nothing was asked. */
  readonly requestMs: { readonly p50: number; readonly p95: number; readonly p99: number } | null;
  readonly streamClients: number;
  /** From when an event is stored to when all who listen were handed it, the longest; `null` where there was none. */
  readonly eventLagMs: number | null;
};

/** The same over a span of time: means, of percentiles the largest. */
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
      requests: sample.requests,
      request_p50_ms: sample.requestMs?.p50 ?? null,
      request_p95_ms: sample.requestMs?.p95 ?? null,
      request_p99_ms: sample.requestMs?.p99 ?? null,
      stream_clients: sample.streamClients,
      event_lag_ms: sample.eventLagMs,
    })
    .execute();
}

/** What samples of a span say together, in the order of the columns of `system_metric_hours`. */
const TOGETHER = sql`count(*)::integer AS samples,
  avg(rss_bytes)::float8 AS rss_bytes, avg(heap_bytes)::float8 AS heap_bytes, avg(cpu_share) AS cpu_share,
  max(loop_delay_p99_ms) AS loop_delay_p99_ms, avg(database_ms) AS database_ms, max(database_bytes) AS database_bytes,
  sum(requests)::integer AS requests, max(request_p50_ms) AS request_p50_ms, max(request_p95_ms) AS request_p95_ms,
  max(request_p99_ms) AS request_p99_ms, max(stream_clients) AS stream_clients,
  max(event_lag_ms) AS event_lag_ms`;

const NAMES = sql`"time", samples, rss_bytes AS "rssBytes", heap_bytes AS "heapBytes", cpu_share AS "cpuShare",
  loop_delay_p99_ms AS "loopDelayP99Ms", database_ms AS "databaseMs", database_bytes AS "databaseBytes", requests,
  request_p50_ms AS "requestP50Ms", request_p95_ms AS "requestP95Ms", request_p99_ms AS "requestP99Ms",
  stream_clients AS "streamClients", event_lag_ms AS "eventLagMs"`;

/** From when on samples are in no hour yet. Asked for by itself, so that it is known when samples are looked for. */
async function findNotRolledUp(db: Database): Promise<Date> {
  const { rows } = await sql<{ time: Date | null }>`
    SELECT max("time") + interval '1 hour' AS time FROM system_metric_hours`.execute(db);
  return rows[0]?.time ?? new Date(0);
}

/** Makes hours of the samples of those that are over; a process writes its samples within seconds, and gets a minute. */
export async function rollUpSystemMetrics(db: Database): Promise<void> {
  const since = await findNotRolledUp(db);
  await sql`
    INSERT INTO system_metric_hours
    SELECT date_trunc('hour', at, 'UTC') AS "time", ${TOGETHER}
    FROM system_metrics
    WHERE at >= ${since} AND at < date_trunc('hour', statement_timestamp() - interval '1 minute', 'UTC')
    GROUP BY 1
    ON CONFLICT DO NOTHING`.execute(db);
}

type Span = { readonly hours: number; readonly stepSeconds: number };

/** Ascending; steps in which nothing was measured are left out. Of shorter steps than an hour no more is told than is kept. */
export async function readSystemMetrics(db: Database, { hours, stepSeconds }: Span): Promise<readonly SystemPoint[]> {
  return stepSeconds === HOUR_SECONDS ? readHours(db, hours) : readSteps(db, hours, stepSeconds);
}

const HOUR_SECONDS = 3_600;

async function readSteps(db: Database, hours: number, stepSeconds: number): Promise<readonly SystemPoint[]> {
  const { rows } = await sql<SystemPoint>`
    SELECT ${NAMES} FROM (
      SELECT date_bin(make_interval(secs => ${stepSeconds}), at, 'epoch') AS "time", ${TOGETHER}
      FROM system_metrics WHERE at > statement_timestamp() - make_interval(hours => ${hours})
      GROUP BY 1) AS steps
    ORDER BY 1`.execute(db);
  return rows;
}

async function readHours(db: Database, hours: number): Promise<readonly SystemPoint[]> {
  const since = sql`statement_timestamp() - make_interval(hours => ${hours})`;
  const notRolledUp = await findNotRolledUp(db);
  const { rows } = await sql<SystemPoint>`
    SELECT ${NAMES} FROM (
      SELECT * FROM system_metric_hours WHERE "time" > ${since}
      UNION ALL
      SELECT date_trunc('hour', at, 'UTC') AS "time", ${TOGETHER}
      FROM system_metrics WHERE at > ${since} AND at >= ${notRolledUp}
      GROUP BY 1) AS hours
    ORDER BY 1`.execute(db);
  return rows;
}
