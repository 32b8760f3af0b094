import type { StoreSize } from "./store-size.ts";

const DAY_SECONDS = 86_400;
const TABLE = "mempool_snapshots";

/** What was seen of the mempool and of the program, and what backfills did. */
export function measuredStatements({ days, sampleSeconds }: StoreSize, lastTime: number): readonly string[] {
  const lastDay = Math.floor(lastTime / DAY_SECONDS);
  const partitions = Array.from({ length: days + 1 }, (_, back) => lastDay - back).map(
    (day) =>
      `CREATE TABLE ${TABLE}_${day} PARTITION OF ${TABLE} FOR VALUES FROM (${day * DAY_SECONDS}) TO (${(day + 1) * DAY_SECONDS})`,
  );
  const blocks = `(SELECT jsonb_agg(jsonb_build_object('feeRates', '[1, 2, 3, 4, 5, 6, 90]'::jsonb, 'totalFee', 5000000, 'weight', 3990000, 'count', 3000)) FROM generate_series(1, 8))`;
  const histogram = `(SELECT jsonb_agg(jsonb_build_object('from', n, 'weight', n * 1000, 'count', n, 'inflowWeight', NULL)) FROM generate_series(1, 30) AS n)`;
  return [
    ...partitions,
    `INSERT INTO ${TABLE} (time, count, weight, total_fee, min_fee_rate, histogram, projected_blocks)
     SELECT time, 50000, 90000000, 10000000, 1, ${histogram}, ${blocks}
     FROM generate_series(${(lastDay - days) * DAY_SECONDS}, ${lastTime}, ${sampleSeconds}) AS time`,
    `INSERT INTO system_metrics
     SELECT at, 'here:1', 1, 1, 0.1, 1, 1, 1, 9, 4, NULL, '{40,50,60}', '{3,3,3}'
     FROM generate_series(now() - interval '${days} days', now(), interval '${sampleSeconds} s') AS at`,
    `INSERT INTO block_processing
     SELECT at, 9, '{40,50,60}', '{3,3,3}', '{70}', '{9}'
     FROM generate_series(now() - interval '${days} days', now(), interval '${sampleSeconds} s') AS at`,
    `INSERT INTO system_metric_hours
     SELECT "time", 30, 1, 1, 0.1, 1, 1, 1, 270, 4, NULL, '{40,50,60}', '{90,90,90}'
     FROM generate_series(date_trunc('hour', now() - interval '1 year', 'UTC'), now() - interval '2 hours', interval '1 hour') AS "time"`,
    `INSERT INTO backfill_jobs (from_height, to_height, status, asked_by, started_at, features_total)
     SELECT n * 1000, n * 1000 + 999, 'done', 'bench', now(), 1000 FROM generate_series(1, 50) AS n`,
    `INSERT INTO backfill_ranges (job_id, first_height, last_height, next_height, sent, worker, at)
     SELECT job.id, from_height + n, from_height + n, from_height + n + 1, true, 'here:1', now()
     FROM backfill_jobs AS job, generate_series(0, 999) AS n`,
    `INSERT INTO backfill_errors (job_id, height, parked, code, message)
     SELECT job.id, from_height + n, false, 'MADE_UP', 'made up' FROM backfill_jobs AS job, generate_series(0, 99) AS n`,
  ];
}
