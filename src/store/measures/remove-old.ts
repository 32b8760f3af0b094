import { sql } from "kysely";
import type { Database } from "../database/schema.ts";

/** Rows of one step: nobody waits long for it. */
const STEP_ROWS = 2_000;

/** Families of rows that go when they are old, and how each step takes the oldest away. */
const STEPS = {
  systemMetrics: (days: number) => sql`
    DELETE FROM system_metrics WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM system_metrics WHERE at < statement_timestamp() - make_interval(days => ${days}) ORDER BY at LIMIT ${STEP_ROWS}))`,
  systemMetricHours: (days: number) => sql`
    DELETE FROM system_metric_hours WHERE "time" IN (
      SELECT "time" FROM system_metric_hours WHERE "time" < statement_timestamp() - make_interval(days => ${days}) LIMIT ${STEP_ROWS})`,
  blockProcessing: (days: number) => sql`
    DELETE FROM block_processing WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM block_processing WHERE at < statement_timestamp() - make_interval(days => ${days}) ORDER BY at LIMIT ${STEP_ROWS}))`,
  backfillRanges: (days: number) => sql`
    DELETE FROM backfill_ranges WHERE id IN (
      SELECT range.id FROM backfill_ranges AS range JOIN backfill_jobs AS job ON job.id = range.job_id
      WHERE job.status IN ('done', 'cancelled') AND job.finished_at < clock_timestamp() - make_interval(days => ${days})
      LIMIT ${STEP_ROWS})`,
} as const;

export type OldFamily = keyof typeof STEPS;

/** Takes away what is older than so many days, step by step; returns how many rows went. */
export async function removeOld(
  db: Database,
  { family, days, signal }: { readonly family: OldFamily; readonly days: number; readonly signal: AbortSignal },
): Promise<number> {
  let removed = 0;
  for (;;) {
    const { numAffectedRows = 0n } = await STEPS[family](days).execute(db);
    removed += Number(numAffectedRows);
    if (numAffectedRows < BigInt(STEP_ROWS) || signal.aborted) return removed;
  }
}
