import { sql } from "kysely";
import type { Database } from "../database/schema.ts";
import { wrongState } from "./errors.ts";
import type { BackfillJob, BackfillStatus } from "./job.ts";
import { getJob } from "./read-jobs.ts";

/** Workers stop after the batch that they are at. */
export function pauseJob(db: Database, id: number): Promise<BackfillJob> {
  return change(db, id, { from: ["queued", "running"], to: "paused", verb: "paused" });
}

/** What is stored stays. */
export function cancelJob(db: Database, id: number): Promise<BackfillJob> {
  return change(db, id, { from: ["queued", "running", "paused", "failed"], to: "cancelled", verb: "cancelled" });
}

export function resumeJob(db: Database, id: number): Promise<BackfillJob> {
  return change(db, id, { from: ["paused"], to: "queued", verb: "resumed" });
}

/** Goes on after a failure, and with the blocks that were parked. */
export async function retryJob(db: Database, id: number): Promise<BackfillJob> {
  const { parkedCount } = await getJob(db, id);
  await db.transaction().execute(async (trx) => {
    const from: BackfillStatus[] = parkedCount > 0 ? ["failed", "running", "paused", "done"] : ["failed"];
    await change(trx, id, { from, to: "queued", verb: "retried" });
    await sql`
      WITH parked AS (
        UPDATE backfill_errors SET parked = false WHERE job_id = ${id} AND parked RETURNING height
      )
      INSERT INTO backfill_ranges (job_id, first_height, last_height, next_height)
      SELECT DISTINCT ${id}::integer, height, height, height FROM parked`.execute(trx);
    if (parkedCount > 0) {
      const part = sql<"features">`'features'`;
      await trx.updateTable("backfill_jobs").set({ part }).where("id", "=", id).execute();
    }
  });
  return getJob(db, id);
}

type Step = { readonly from: readonly BackfillStatus[]; readonly to: BackfillStatus; readonly verb: string };

async function change(db: Database, id: number, { from, to, verb }: Step): Promise<BackfillJob> {
  const now = sql<Date>`clock_timestamp()`;
  const changed = await db
    .updateTable("backfill_jobs")
    .set({ status: to, finished_at: to === "cancelled" ? now : null, error_code: null, error_message: null })
    .where("id", "=", id)
    .where("status", "in", from)
    .executeTakeFirst();
  const job = await getJob(db, id);
  if (changed.numUpdatedRows === 0n) throw wrongState(id, job.status, verb);
  return job;
}
