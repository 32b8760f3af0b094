import { type RawBuilder, sql } from "kysely";
import type { Database } from "../database/schema.ts";

/** Rows of one step: nobody waits long for it. */
const STEP_ROWS = 2_000;

type Step = (db: Database, days: number) => Promise<number>;

/** Rows that are gone by one statement. */
function deletes(statement: (before: RawBuilder<unknown>, days: number) => RawBuilder<unknown>): Step {
  return async (db, days) => {
    const before = sql`statement_timestamp() - make_interval(days => ${days})`;
    const { numAffectedRows = 0n } = await statement(before, days).execute(db);
    return Number(numAffectedRows);
  };
}

const ENDED = sql`status IN ('done', 'cancelled', 'failed') AND finished_at`;

/** Families of rows that go when they are old, and how each step takes some of them away. */
const STEPS = {
  systemMetrics: [
    deletes(
      (before) => sql`
        DELETE FROM system_metrics WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM system_metrics WHERE at < ${before} ORDER BY at LIMIT ${STEP_ROWS}))`,
    ),
  ],
  systemMetricHours: [
    deletes(
      (before) => sql`
        DELETE FROM system_metric_hours WHERE "time" IN (
          SELECT "time" FROM system_metric_hours WHERE "time" < ${before} LIMIT ${STEP_ROWS})`,
    ),
  ],
  blockProcessing: [
    deletes(
      (before) => sql`
        DELETE FROM block_processing WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM block_processing WHERE at < ${before} ORDER BY at LIMIT ${STEP_ROWS}))`,
    ),
  ],
  // What hangs on a job goes before it, or one statement would take all of that.
  backfillJobs: [
    deletes(
      (before) => sql`
        DELETE FROM backfill_ranges WHERE id IN (
          SELECT range.id FROM backfill_ranges AS range JOIN backfill_jobs AS job ON job.id = range.job_id
          WHERE ${ENDED} < ${before} LIMIT ${STEP_ROWS})`,
    ),
    deletes(
      (before) => sql`
        DELETE FROM backfill_errors WHERE id IN (
          SELECT error.id FROM backfill_errors AS error JOIN backfill_jobs AS job ON job.id = error.job_id
          WHERE ${ENDED} < ${before} LIMIT ${STEP_ROWS})`,
    ),
    deletes(
      (before) => sql`
        DELETE FROM backfill_jobs WHERE id IN (SELECT id FROM backfill_jobs WHERE ${ENDED} < ${before} LIMIT ${STEP_ROWS})`,
    ),
  ],
  commands: [
    deletes(
      (before) => sql`
        DELETE FROM commands WHERE id IN (
          SELECT id FROM commands WHERE state IN ('done', 'failed', 'expired') AND asked_at < ${before} LIMIT ${STEP_ROWS})`,
    ),
  ],
  denials: [
    deletes(
      (before) => sql`
        DELETE FROM denials WHERE ctid = ANY (ARRAY(SELECT ctid FROM denials WHERE "hour" < ${before} LIMIT ${STEP_ROWS}))`,
    ),
  ],
  invitations: [
    deletes(
      (before) => sql`
        DELETE FROM invitations WHERE id IN (SELECT id FROM invitations WHERE expires_at < ${before} LIMIT ${STEP_ROWS})`,
    ),
  ],
  verifications: [
    deletes(
      (before) => sql`
        DELETE FROM verifications WHERE id IN (SELECT id FROM verifications WHERE expires_at < ${before} LIMIT ${STEP_ROWS})`,
    ),
  ],
  // By the clock of the source, as of the newest snapshot.
  mempoolHours: [
    deletes(
      (_, days) => sql`
        DELETE FROM mempool_hours WHERE "time" IN (
          SELECT "time" FROM mempool_hours
          WHERE "time" < (SELECT max("time") FROM mempool_snapshots) - ${days}::bigint * 86400 LIMIT ${STEP_ROWS})`,
    ),
  ],
  auditEntries: [
    async (db, days) => {
      const { rows } = await sql<{ removed: number }>`
        SELECT remove_old_audit_entries(${days}::integer, ${STEP_ROWS}::integer) AS removed`.execute(db);
      return rows[0]?.removed ?? 0;
    },
  ],
} as const satisfies Record<string, readonly Step[]>;

export type OldFamily = keyof typeof STEPS;

/** Takes away what is older than so many days, step by step; returns how many rows went. */
export async function removeOld(
  db: Database,
  { family, days, signal }: { readonly family: OldFamily; readonly days: number; readonly signal: AbortSignal },
): Promise<number> {
  let removed = 0;
  for (const step of STEPS[family]) {
    for (;;) {
      const gone = await step(db, days);
      removed += gone;
      if (signal.aborted) return removed;
      if (gone === 0) break;
    }
  }
  return removed;
}
