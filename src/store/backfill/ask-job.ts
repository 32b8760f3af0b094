import { sql } from "kysely";
import { appendAudit, type AuditEntry } from "../access/index.ts";
import type { Database } from "../database/schema.ts";
import { badRange } from "./errors.ts";
import type { BackfillJob, BackfillRequest } from "./job.ts";
import { getJob } from "./read-jobs.ts";

/** The connected blocks that are stored: one piece, without a gap. */
export type StoredSpan = { readonly first: number; readonly last: number };

export async function findSpan(db: Database): Promise<StoredSpan | undefined> {
  const { rows } = await sql<{ first: number | null; last: number | null }>`
    SELECT (SELECT min(height) FROM block_headers WHERE connected) AS first, (SELECT height FROM cursor) AS last`.execute(
    db,
  );
  const { first = null, last = null } = rows[0] ?? {};
  return first === null || last === null ? undefined : { first, last };
}

/**
 * Puts a backfill before the workers.
 * @throws AppError where it would leave a gap below what is stored, or reach above it
 */
export async function askJob(
  db: Database,
  { fromHeight, toHeight, only, askedBy }: BackfillRequest,
  by: Pick<AuditEntry, "role" | "personId" | "address" | "requestId">,
): Promise<BackfillJob> {
  checkRange(await findSpan(db), { fromHeight, toHeight });
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

type Heights = Pick<BackfillRequest, "fromHeight" | "toHeight">;

function checkRange(span: StoredSpan | undefined, { fromHeight, toHeight }: Heights): void {
  if (toHeight < fromHeight)
    throw badRange(`Block ${toHeight} comes before block ${fromHeight}: name the lower one first.`);
  if (span === undefined) {
    throw badRange("No connected block is stored yet: run utxoiq start first, and read what came before then.");
  }
  if (toHeight > span.last) {
    throw badRange(
      `Block ${toHeight} is above the newest that is stored, ${span.last}: those are read by following the tip.`,
    );
  }
  if (toHeight < span.first - 1) {
    throw badRange(`Blocks are stored from ${span.first} on: to leave no gap, end at ${span.first - 1} or above.`);
  }
}
