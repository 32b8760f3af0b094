import { sql, type Transaction } from "kysely";
import { appendAudit, type Doer } from "../access/index.ts";
import type { Database, Tables } from "../database/schema.ts";
import { wrongState } from "./errors.ts";
import type { BackfillChange, BackfillJob, BackfillStatus } from "./job.ts";
import { getJob } from "./read-jobs.ts";

type Step = { readonly from: readonly BackfillStatus[]; readonly to: BackfillStatus; readonly verb: string };

const STEPS: Readonly<Record<BackfillChange, Step>> = {
  // Workers stop after the batch that they are at.
  pause: { from: ["queued", "running"], to: "paused", verb: "paused" },
  // What is stored stays.
  cancel: { from: ["queued", "running", "paused", "failed"], to: "cancelled", verb: "cancelled" },
  resume: { from: ["paused"], to: "queued", verb: "resumed" },
  // Goes on after a failure, and with the blocks that were left out.
  retry: { from: ["failed"], to: "queued", verb: "retried" },
};

type Changing = { readonly id: number; readonly change: BackfillChange; readonly by: Doer };

/** @throws AppError where there is none of this id, or it is not in a state in which this can be done */
export async function changeJob(db: Database, { id, change, by }: Changing): Promise<BackfillJob> {
  await db.transaction().execute(async (trx) => {
    await move(trx, id, STEPS[change]);
    if (change === "retry") await reopenParked(trx, id);
    await appendAudit(trx, { ...by, action: `backfill.${change}`, target: `backfill ${id}` });
  });
  return getJob(db, id);
}

async function move(trx: Transaction<Tables>, id: number, { from, to, verb }: Step): Promise<void> {
  const changed = await trx
    .updateTable("backfill_jobs")
    .set({
      status: to,
      finished_at: to === "cancelled" ? sql<Date>`clock_timestamp()` : null,
      error_code: null,
      error_message: null,
    })
    .where("id", "=", id)
    .where("status", "in", from)
    .executeTakeFirst();
  if (changed.numUpdatedRows > 0n) return;
  const { status } = await getJob(trx, id);
  throw wrongState(id, status, verb);
}

async function reopenParked(trx: Transaction<Tables>, id: number): Promise<void> {
  const { rows } = await sql<{ height: number }>`
    WITH parked AS (
      UPDATE backfill_errors SET parked = false WHERE job_id = ${id} AND parked RETURNING height
    )
    INSERT INTO backfill_ranges (job_id, first_height, last_height, next_height)
    SELECT DISTINCT ${id}::integer, height, height, height FROM parked RETURNING first_height AS height`.execute(trx);
  if (rows.length === 0) return;
  await trx.updateTable("backfill_jobs").set({ part: "features" }).where("id", "=", id).execute();
}
