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
    })
    .execute();
}

type Span = { readonly hours: number; readonly stepSeconds: number };

/** Ascending; steps in which nothing was measured are left out. */
export async function readSystemMetrics(db: Database, { hours, stepSeconds }: Span): Promise<readonly SystemPoint[]> {
  const { rows } = await sql<SystemPoint>`
    SELECT date_bin(make_interval(secs => ${stepSeconds}), at, 'epoch') AS time, count(*)::integer AS samples,
      avg(rss_bytes)::float8 AS "rssBytes", avg(heap_bytes)::float8 AS "heapBytes", avg(cpu_share) AS "cpuShare",
      max(loop_delay_p99_ms) AS "loopDelayP99Ms", avg(database_ms) AS "databaseMs",
      max(database_bytes)::float8 AS "databaseBytes", sum(requests)::integer AS requests,
      max(request_p50_ms) AS "requestP50Ms", max(request_p95_ms) AS "requestP95Ms", max(request_p99_ms) AS "requestP99Ms",
      max(stream_clients) AS "streamClients"
    FROM system_metrics WHERE at > statement_timestamp() - make_interval(hours => ${hours})
    GROUP BY 1 ORDER BY 1`.execute(db);
  return rows;
}
