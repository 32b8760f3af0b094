import { sql } from "kysely";
import type { Database } from "../database/schema.ts";
import type { BackfillTask } from "./tend-jobs.ts";

/**
 * Puts before the workers again what those had who are gone. The queue would notice by itself, some seconds later; what
 * it gives out then finds nothing to do.
 */
export async function giveBack(db: Database, isGone: (worker: string) => boolean): Promise<void> {
  const ranges = await db
    .selectFrom("backfill_ranges")
    .select("worker")
    .distinct()
    .where("sent", "=", true)
    .whereRef("next_height", "<=", "last_height")
    .execute();
  const folds = await db
    .selectFrom("backfill_jobs")
    .select("fold_worker as worker")
    .where("status", "=", "running")
    .where("fold_sent", "=", true)
    .execute();
  const gone = [...ranges, ...folds].flatMap(({ worker }) => (worker !== null && isGone(worker) ? [worker] : []));
  if (gone.length === 0) return;
  await db
    .updateTable("backfill_ranges")
    .set({ sent: false })
    .where("worker", "in", gone)
    .whereRef("next_height", "<=", "last_height")
    .execute();
  await db
    .updateTable("backfill_jobs")
    .set({ fold_sent: false })
    .where("fold_worker", "in", gone)
    .where("status", "=", "running")
    .execute();
}

/** Puts tasks before the workers again that the queue knows nothing of; done ones find nothing to do. */
export async function giveBackTasks(db: Database, tasks: readonly BackfillTask[]): Promise<void> {
  const ranges = tasks.flatMap(({ rangeId }) => (rangeId === null ? [] : [rangeId]));
  const folds = tasks.flatMap(({ jobId, rangeId }) => (rangeId === null ? [jobId] : []));
  if (ranges.length > 0) {
    await db.updateTable("backfill_ranges").set({ sent: false }).where("id", "in", ranges).execute();
  }
  if (folds.length > 0) {
    await db.updateTable("backfill_jobs").set({ fold_sent: false }).where("id", "in", folds).execute();
  }
}

/** What was given to the queue, and no worker has said to have. */
export async function listUntaken(db: Database): Promise<readonly BackfillTask[]> {
  const { rows } = await sql<{ job_id: number; id: number | null }>`
    SELECT range.job_id, range.id FROM backfill_ranges AS range JOIN backfill_jobs AS job ON job.id = range.job_id
    WHERE job.status = 'running' AND job.part = 'features' AND range.sent AND range.worker IS NULL
      AND range.next_height <= range.last_height
    UNION ALL
    SELECT id, NULL FROM backfill_jobs
    WHERE status = 'running' AND part = 'signals' AND fold_sent AND fold_worker IS NULL`.execute(db);
  return rows.map(({ job_id: jobId, id: rangeId }) => ({ jobId, rangeId }));
}

/** So that it can be given back from the moment on that a worker has it. */
export async function noteTaken(db: Database, { jobId, rangeId }: BackfillTask, worker: string): Promise<void> {
  if (rangeId !== null) await db.updateTable("backfill_ranges").set({ worker }).where("id", "=", rangeId).execute();
  else await db.updateTable("backfill_jobs").set({ fold_worker: worker }).where("id", "=", jobId).execute();
}
