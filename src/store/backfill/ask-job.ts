import { appendAudit, type Doer } from "../access/index.ts";
import type { Database } from "../database/schema.ts";
import { badRange } from "./errors.ts";
import type { BackfillJob, BackfillRequest } from "./job.ts";
import { getJob } from "./read-jobs.ts";
import { findSpan, type StoredSpan } from "./stored-span.ts";

/**
 * Puts a backfill before the workers.
 * @throws AppError where it would leave a gap below what is stored, or reach above it
 */
export async function askJob(db: Database, request: BackfillRequest, by: Doer): Promise<BackfillJob> {
  const { fromHeight, only, askedBy } = request;
  const toHeight = lastOf(await findSpan(db), request);
  const id = await db.transaction().execute(async (trx) => {
    const row = { from_height: fromHeight, to_height: toHeight, only_part: only, part: only ?? "features" } as const;
    const job = await trx
      .insertInto("backfill_jobs")
      .values({ ...row, asked_by: askedBy })
      .returning("id")
      .executeTakeFirstOrThrow();
    const details = { fromHeight, toHeight, only };
    await appendAudit(trx, { ...by, action: "backfill.start", target: `backfill ${job.id}`, details });
    return job.id;
  });
  return getJob(db, id);
}

/** Height of the last block: the one below the lowest that is stored, where none is named. */
function lastOf(
  span: StoredSpan | undefined,
  { fromHeight, toHeight = (span?.first ?? 0) - 1 }: BackfillRequest,
): number {
  if (span === undefined) {
    throw badRange("No connected block is stored yet: run utxoiq start first, and read what came before then.");
  }
  if (toHeight < 0) {
    throw badRange("Blocks are stored from 0 on, and none is missing below them: name the last one to read anew.");
  }
  if (toHeight < fromHeight) {
    throw badRange(`Block ${toHeight} comes before block ${fromHeight}: name the lower one first.`);
  }
  if (toHeight > span.last) {
    throw badRange(
      `Block ${toHeight} is above the newest that is stored, ${span.last}: those are read by following the tip.`,
    );
  }
  if (toHeight < span.first - 1) {
    throw badRange(`Blocks are stored from ${span.first} on: to leave no gap, end at ${span.first - 1} or above.`);
  }
  return toHeight;
}
