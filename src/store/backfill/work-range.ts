import { sql, type Transaction } from "kysely";
import type { Database, Tables } from "../database/schema.ts";
import { rateAfter } from "./rate.ts";
import { type BackfilledBlock, saveFeatures } from "./save-features.ts";

export type BackfillRange = {
  readonly id: number;
  readonly jobId: number;
  /** Of the first block that is not done. */
  readonly nextHeight: number;
  readonly lastHeight: number;
  /** Height of the lowest block of its chain that is, or will be, stored: of what is below nothing is known. */
  readonly bottom: number;
};

/** Takes what there is to do of a range; `undefined` where there is nothing: it is done, or its job does not run. */
export async function takeRange(db: Database, id: number, worker: string): Promise<BackfillRange | undefined> {
  const { rows } = await sql<{ id: number; job_id: number; next_height: number; last_height: number; bottom: number }>`
    UPDATE backfill_ranges AS range SET worker = ${worker}, at = clock_timestamp()
    FROM backfill_jobs AS job
    WHERE range.id = ${id} AND job.id = range.job_id AND job.status = 'running' AND job.part = 'features'
      AND range.next_height <= range.last_height
    RETURNING range.id, range.job_id, range.next_height, range.last_height,
      least(job.from_height, (SELECT min(height) FROM block_headers WHERE connected)) AS bottom`.execute(db);
  const [row] = rows;
  return (
    row && {
      id: row.id,
      jobId: row.job_id,
      nextHeight: row.next_height,
      lastHeight: row.last_height,
      bottom: row.bottom,
    }
  );
}

type Step = {
  readonly range: Pick<BackfillRange, "id" | "jobId">;
  /** From the first height that is not done to the first that is not done then. */
  readonly fromHeight: number;
  readonly toHeight: number;
  /** Machine and process. */
  readonly worker: string;
};

/**
 * Whole blocks and the range's place in one transaction. `false`, and nothing is stored, where the job does not run any
 * more or another worker was faster.
 */
export async function saveRangeBlocks(db: Database, step: Step, blocks: readonly BackfilledBlock[]): Promise<boolean> {
  return moving(db, step, (trx) => saveFeatures(trx, blocks));
}

type Failure = { readonly code: string; readonly message: string };

/** Leaves a block out: the range goes on after it. */
export async function parkBlock(db: Database, step: Step, failure: Failure): Promise<boolean> {
  return moving(db, step, async (trx) => {
    const row = { job_id: step.range.jobId, height: step.fromHeight, parked: true, ...failure };
    await trx.insertInto("backfill_errors").values(row).execute();
  });
}

/** An attempt that failed and is made again. */
export async function noteFailure(
  db: Database,
  { jobId, height }: { readonly jobId: number; readonly height: number | null },
  failure: Failure,
): Promise<void> {
  await db
    .insertInto("backfill_errors")
    .values({ job_id: jobId, height, parked: false, ...failure })
    .execute();
}

/** Thrown to undo what was written; it does not leave this file. */
class NotOurs extends Error {}

async function moving(db: Database, step: Step, write: (trx: Transaction<Tables>) => Promise<void>): Promise<boolean> {
  try {
    await db.transaction().execute(async (trx) => {
      await move(trx, step);
      await write(trx);
      // Last, as all workers of a job write this row.
      const running = await trx
        .updateTable("backfill_jobs")
        .set({ rate: rateAfter(step.toHeight - step.fromHeight), rate_at: sql<Date>`clock_timestamp()` })
        .where("id", "=", step.range.jobId)
        .where("status", "=", "running")
        .executeTakeFirst();
      if (running.numUpdatedRows === 0n) throw new NotOurs();
    });
    return true;
  } catch (error) {
    if (error instanceof NotOurs) return false;
    throw error;
  }
}

async function move(trx: Transaction<Tables>, { range, fromHeight, toHeight, worker }: Step): Promise<void> {
  const moved = await trx
    .updateTable("backfill_ranges")
    .set({ next_height: toHeight, worker, at: sql<Date>`clock_timestamp()` })
    .where("id", "=", range.id)
    .where("next_height", "=", fromHeight)
    .executeTakeFirst();
  if (moved.numUpdatedRows === 0n) throw new NotOurs();
}
