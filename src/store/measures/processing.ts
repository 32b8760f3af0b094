import { sql } from "kysely";
import { countDurations, type Durations, percentileOf } from "#lib";
import type { Database } from "../database/schema.ts";

/** How long blocks took that were stored in some seconds. */
export type ProcessingSample = {
  readonly processing: Durations;
  /** From when the source told of a block to when it was stored. */
  readonly lag: Durations;
};

/** Nothing where no block was stored. */
export async function saveProcessing(db: Database, { processing, lag }: ProcessingSample): Promise<void> {
  if (processing.size === 0) return;
  await db
    .insertInto("block_processing")
    .values({
      blocks: countDurations(processing),
      processing_buckets: [...processing.keys()],
      processing_counts: [...processing.values()],
      lag_buckets: [...lag.keys()],
      lag_counts: [...lag.values()],
    })
    .execute();
}

/** Percentiles in milliseconds, within 5 %; `null` where there was nothing. */
type Told = { readonly blocks: number; readonly p50Ms: number | null; readonly p95Ms: number | null };

export type Processing = {
  /** From when on: a day before now, or the first that was measured. */
  readonly since: Date;
  readonly processing: Told;
  readonly lag: Told;
};

/** A sample holds what was stored in so many seconds before it. */
const SAMPLE_SECONDS = 10;

/** Of the last 24 hours; `undefined` where no block was stored in them. */
export async function readProcessing(db: Database): Promise<Processing | undefined> {
  const { rows } = await sql<{ since: Date; of: "processing" | "lag"; bucket: number; count: number }>`
    WITH day AS (SELECT * FROM block_processing WHERE at > statement_timestamp() - interval '24 hours')
    SELECT greatest(statement_timestamp() - interval '24 hours',
        (SELECT min(at) FROM block_processing) - make_interval(secs => ${SAMPLE_SECONDS})) AS since,
      told.of, told.bucket, sum(told.count)::integer AS count
    FROM day CROSS JOIN LATERAL (
      SELECT 'processing' AS of, bucket, count FROM unnest(processing_buckets, processing_counts) AS told (bucket, count)
      UNION ALL SELECT 'lag', bucket, count FROM unnest(lag_buckets, lag_counts) AS told (bucket, count)
    ) AS told GROUP BY 2, 3`.execute(db);
  const since = rows[0]?.since;
  if (since === undefined) return undefined;
  const of = (name: "processing" | "lag"): Told =>
    toldOf(new Map(rows.filter((row) => row.of === name).map(({ bucket, count }) => [bucket, count])));
  return { since, processing: of("processing"), lag: of("lag") };
}

function toldOf(durations: Durations): Told {
  return {
    blocks: countDurations(durations),
    p50Ms: percentileOf(durations, 0.5),
    p95Ms: percentileOf(durations, 0.95),
  };
}
