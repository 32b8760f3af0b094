import { sql } from "kysely";
import type { Database } from "../database/schema.ts";
import { unknownJob } from "./errors.ts";
import type { BackfillError, BackfillJob, BackfillPart, BackfillStatus } from "./job.ts";
import { RATE_SECONDS } from "./rate.ts";

type JobRow = {
  id: number;
  from_height: number;
  to_height: number;
  only_part: BackfillPart | null;
  status: BackfillStatus;
  part: BackfillPart;
  asked_by: string;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  features_total: number | null;
  features_left: number;
  fold_from: number | null;
  fold_to: number | null;
  folded: number | null;
  current_feature: number | null;
  blocks_per_second: number;
  workers: number;
  errors: number;
  parked: number;
  error_code: string | null;
  error_message: string | null;
};

/** The newest first. */
export async function listJobs(db: Database, limit: number): Promise<readonly BackfillJob[]> {
  return (await read(db, sql`true`, limit)).map(jobOfRow);
}

/** @throws AppError where there is none of this id */
export async function getJob(db: Database, id: number): Promise<BackfillJob> {
  const [row] = await read(db, sql`job.id = ${id}`, 1);
  if (row === undefined) throw unknownJob(id);
  return jobOfRow(row);
}

/** What failed last, the newest first. */
export async function listErrors(db: Database, jobId: number, limit: number): Promise<readonly BackfillError[]> {
  return db
    .selectFrom("backfill_errors")
    .select(["height", "parked", "code", "message", "at"])
    .where("job_id", "=", jobId)
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}

async function read(db: Database, where: ReturnType<typeof sql>, limit: number): Promise<readonly JobRow[]> {
  const { rows } = await sql<JobRow>`
    SELECT job.id, from_height, to_height, only_part, status, part, asked_by, created_at, started_at, finished_at,
           features_total, fold_from, fold_to, folded, error_code, error_message,
           coalesce(ranges.remaining, 0)::integer + coalesce(failed.parked, 0)::integer AS features_left,
           ranges.current AS current_feature, coalesce(ranges.workers, 0)::integer AS workers,
           coalesce(failed.errors, 0)::integer AS errors, coalesce(failed.parked, 0)::integer AS parked,
           rate * exp(-extract(epoch FROM clock_timestamp() - rate_at) / ${RATE_SECONDS}::float8)
             / greatest(1 - exp(-extract(epoch FROM clock_timestamp() - rate_since) / ${RATE_SECONDS}::float8), 0.01)
             AS blocks_per_second
    FROM backfill_jobs AS job
    CROSS JOIN LATERAL (
      -- Of what is done nothing is left, and nobody works on it: its ranges need not be looked at one by one.
      SELECT CASE WHEN status = 'done' THEN 0 ELSE
               (SELECT sum(last_height - next_height + 1) FROM backfill_ranges WHERE job_id = job.id) END AS remaining,
             CASE WHEN status = 'running' THEN
               (SELECT count(DISTINCT worker) FROM backfill_ranges
                WHERE job_id = job.id AND at > clock_timestamp() - interval '10 s') END AS workers,
             (SELECT next_height - 1 FROM backfill_ranges
              WHERE job_id = job.id AND next_height > first_height ORDER BY at DESC LIMIT 1) AS current
    ) AS ranges
    CROSS JOIN LATERAL (
      SELECT (SELECT count(*) FROM backfill_errors WHERE job_id = job.id) AS errors,
             (SELECT count(DISTINCT height) FROM backfill_errors WHERE job_id = job.id AND parked) AS parked
    ) AS failed
    WHERE ${where} ORDER BY job.id DESC LIMIT ${limit}`.execute(db);
  return rows;
}

function jobOfRow(row: JobRow): BackfillJob {
  const { total, done, current } = row.part === "features" ? featuresOf(row) : signalsOf(row);
  const rate = row.status === "running" ? row.blocks_per_second : null;
  return {
    id: row.id,
    fromHeight: row.from_height,
    toHeight: row.to_height,
    only: row.only_part,
    askedBy: row.asked_by,
    status: row.status,
    part: row.part,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    blocksTotal: total,
    blocksDone: done,
    currentHeight: current,
    blocksPerSecond: rate,
    etaSeconds: rate === null || rate < 0.001 || total === null ? null : (total - done) / rate,
    workers: row.status === "running" ? row.workers : 0,
    errorCount: row.errors,
    parkedCount: row.parked,
    failure:
      row.error_code === null || row.error_message === null
        ? null
        : { code: row.error_code, message: row.error_message },
  };
}

type Work = { readonly total: number | null; readonly done: number; readonly current: number | null };

function featuresOf({ features_total: total, features_left: left, current_feature: current }: JobRow): Work {
  return { total, done: total === null ? 0 : Math.max(0, total - left), current };
}

function signalsOf({ fold_from: from, fold_to: to, folded }: JobRow): Work {
  if (from === null || to === null) return { total: null, done: 0, current: null };
  return { total: to - from + 1, done: folded === null ? 0 : folded - from + 1, current: folded };
}
