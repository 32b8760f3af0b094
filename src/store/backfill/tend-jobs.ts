import { CompiledQuery, sql, type Transaction } from "kysely";
import { PARENT_TIMES } from "#features";
import { BACKFILL_LOCK, LOCK_SPACE } from "../database/advisory-locks.ts";
import { insertRows } from "../database/insert-rows.ts";
import type { Database, Tables } from "../database/schema.ts";
import { findSpan } from "./stored-span.ts";

/** Blocks of a range: one worker's work of some seconds. */
const RANGE_BLOCKS = 100;

/** Ranges that are put before the workers at a time: what is asked for later does not wait behind all of a long job. */
const SENT_AT_ONCE = 64;

/** A range of blocks, or (without one) the signals of the job. */
export type BackfillTask = { readonly jobId: number; readonly rangeId: number | null };

/** Runs statements of the queue within the transaction in which the tasks are taken down. */
export type SqlRunner = { executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> };

/**
 * Brings all jobs a step on: plans what was asked for, gives tasks to the queue, goes from features to signals. Whoever
 * runs workers calls it again and again; only one does so at a time. A task is marked as sent and sent in one transaction.
 */
export async function tendJobs(
  db: Database,
  send: (tasks: readonly BackfillTask[], runner: SqlRunner) => Promise<void>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const lock = await sql<{ held: boolean }>`
      SELECT pg_try_advisory_xact_lock(${LOCK_SPACE}::integer, ${BACKFILL_LOCK}::integer) AS held`.execute(trx);
    if (lock.rows[0]?.held !== true) return;
    await planQueued(trx);
    await endFeatures(trx);
    const tasks = [...(await takeRanges(trx)), ...(await takeFolds(trx))];
    if (tasks.length > 0) await send(tasks, runnerOf(trx));
  });
}

function runnerOf(trx: Transaction<Tables>): SqlRunner {
  return {
    executeSql: async (text, values = []) => {
      const { rows } = await trx.executeQuery(CompiledQuery.raw(text, values));
      return { rows };
    },
  };
}

async function planQueued(trx: Transaction<Tables>): Promise<void> {
  const jobs = await trx.selectFrom("backfill_jobs").selectAll().where("status", "=", "queued").forUpdate().execute();
  for (const { id, from_height: from, to_height: to, part, features_total: planned } of jobs) {
    const total = planned ?? (part === "features" ? await planRanges(trx, { id, from, to }) : 0);
    // A task that was in the queue when the job was paused found nothing to do.
    await trx.updateTable("backfill_ranges").set({ sent: false }).where("job_id", "=", id).execute();
    const now = sql<Date>`clock_timestamp()`;
    const begun = {
      started_at: sql<Date>`coalesce(started_at, clock_timestamp())`,
      rate: 0,
      rate_at: now,
      rate_since: now,
    };
    await trx
      .updateTable("backfill_jobs")
      .set({ status: "running", features_total: total, fold_sent: false, ...begun })
      .where("id", "=", id)
      .execute();
  }
}

type Plan = { readonly id: number; readonly from: number; readonly to: number };

/** Where blocks come below what is stored, the lowest stored ones are read again: they now have parents. */
async function planRanges(trx: Transaction<Tables>, { id, from, to }: Plan): Promise<number> {
  const span = await findSpan(trx);
  const joins = span !== undefined && from < span.first && to < span.first + PARENT_TIMES;
  const last = joins ? Math.min(span.first + PARENT_TIMES - 1, span.last) : to;
  const firsts = Array.from(
    { length: Math.ceil((last - from + 1) / RANGE_BLOCKS) },
    (_, at) => from + at * RANGE_BLOCKS,
  );
  const rows = firsts.map((first) => ({
    job_id: id,
    first_height: first,
    last_height: Math.min(first + RANGE_BLOCKS - 1, last),
    next_height: first,
    sent: false,
  }));
  await insertRows(trx, "backfill_ranges", rows);
  return last - from + 1;
}

async function takeRanges(trx: Transaction<Tables>): Promise<readonly BackfillTask[]> {
  const { rows } = await sql<{ job_id: number; id: number }>`
    UPDATE backfill_ranges SET sent = true, worker = NULL
    WHERE id IN (
      SELECT range.id FROM backfill_ranges AS range JOIN backfill_jobs AS job ON job.id = range.job_id
      WHERE job.status = 'running' AND job.part = 'features' AND NOT range.sent AND range.next_height <= range.last_height
      ORDER BY range.job_id, range.first_height
      LIMIT greatest(0, ${SENT_AT_ONCE} - (
        SELECT count(*) FROM backfill_ranges AS under_way JOIN backfill_jobs AS its ON its.id = under_way.job_id
        WHERE its.status = 'running' AND under_way.sent AND under_way.next_height <= under_way.last_height
      ))
    )
    RETURNING job_id, id`.execute(trx);
  return rows.map(({ job_id: jobId, id }) => ({ jobId, rangeId: id }));
}

/** Once no range has blocks left: signals follow where all blocks are there, and were not said to stay out. */
async function endFeatures(trx: Transaction<Tables>): Promise<void> {
  await sql`
    UPDATE backfill_jobs AS job
    SET status = CASE WHEN parked > 0 THEN 'failed' WHEN only_part = 'features' THEN 'done' ELSE status END,
        part = CASE WHEN parked > 0 OR only_part = 'features' THEN part ELSE 'signals' END,
        finished_at = CASE WHEN parked > 0 OR only_part = 'features' THEN clock_timestamp() END,
        error_code = CASE WHEN parked > 0 THEN 'STORE_BACKFILL_PARKED' END,
        error_message = CASE WHEN parked > 0 THEN parked || ' blocks failed and are left out; retry reads them again' END,
        rate = 0, rate_at = clock_timestamp(), rate_since = clock_timestamp()
    FROM (
      SELECT id, (SELECT count(DISTINCT height) FROM backfill_errors WHERE job_id = open.id AND backfill_errors.parked)
        AS parked
      FROM backfill_jobs AS open
      WHERE status = 'running' AND part = 'features'
        AND NOT EXISTS (SELECT FROM backfill_ranges WHERE job_id = open.id AND next_height <= last_height)
    ) AS ended
    WHERE job.id = ended.id`.execute(trx);
}

async function takeFolds(trx: Transaction<Tables>): Promise<readonly BackfillTask[]> {
  const rows = await trx
    .updateTable("backfill_jobs")
    .set({ fold_sent: true, fold_worker: null })
    .where("status", "=", "running")
    .where("part", "=", "signals")
    .where("fold_sent", "=", false)
    .returning("id")
    .execute();
  return rows.map(({ id }) => ({ jobId: id, rangeId: null }));
}
