import { sql, type Transaction } from "kysely";
import type { BlockHash } from "#bitcoin";
import { lockCursor } from "../blocks/cursor.ts";
import { bytesOf } from "../database/hash-column.ts";
import type { Database, Tables } from "../database/schema.ts";
import { findSpan } from "./stored-span.ts";

/** Hashes that one statement takes. */
const AT_ONCE = 10_000;

/** What is to be folded of a job; see `beginFold`. */
export type FoldSpan = {
  readonly fromHeight: number;
  readonly toHeight: number;
  /** Of the last block that is done; below the first where none is. */
  readonly folded: number;
};

/**
 * Where a job's signals are to be made anew: from its first block so far as its last is looked back on. Where its blocks
 * are of the stored chain already, whoever follows the tip hears that they have changed.
 */
export async function beginFold(
  db: Database,
  { jobId, lookBack }: { readonly jobId: number; readonly lookBack: number },
): Promise<FoldSpan | undefined> {
  return db.transaction().execute(async (trx) => {
    await lockCursor(trx);
    const stored = await findSpan(trx);
    const job = await trx
      .selectFrom("backfill_jobs")
      .selectAll()
      .where("id", "=", jobId)
      .where("status", "=", "running")
      .where("part", "=", "signals")
      .forUpdate()
      .executeTakeFirst();
    if (job === undefined || stored === undefined) return undefined;
    const { fold_from: from, fold_to: to, folded } = job;
    if (from !== null && to !== null) return { fromHeight: from, toHeight: to, folded: folded ?? from - 1 };
    const { first, last } = stored;
    // Blocks below are joined when they are folded; then the lowest stored ones look back on them.
    const changedUpTo = job.from_height < first ? Math.max(job.to_height, first - 1) : job.to_height;
    const span = { fromHeight: job.from_height, toHeight: Math.min(last, changedUpTo + lookBack) };
    const row = { fold_from: span.fromHeight, fold_to: span.toHeight, folded: null };
    await trx.updateTable("backfill_jobs").set(row).where("id", "=", jobId).execute();
    if (job.from_height >= first) await noteChange(trx, last);
    return { ...span, folded: span.fromHeight - 1 };
  });
}

/** Blocks become part of the stored chain, all at once, below its lowest. */
export async function joinHistory(db: Database, path: ReadonlyMap<number, BlockHash>): Promise<void> {
  const hashes = [...path.values()].map(bytesOf);
  await db.transaction().execute(async (trx) => {
    await sql`SET LOCAL statement_timeout = 0`.execute(trx);
    const tip = await lockCursor(trx);
    for (let at = 0; at < hashes.length; at += AT_ONCE) {
      await trx
        .updateTable("block_headers")
        .set({ connected: true })
        .where("hash", "in", hashes.slice(at, at + AT_ONCE))
        .execute();
    }
    await noteChange(trx, tip?.height ?? 0);
  });
}

/** What was changed and not noted yet by who follows the tip begins with the first of such changes. */
async function noteChange(trx: Transaction<Tables>, height: number): Promise<void> {
  await sql`
    UPDATE history SET epoch = epoch + 1,
      changed_at_height = CASE WHEN followed < epoch THEN least(changed_at_height, ${height}) ELSE ${height} END`.execute(
    trx,
  );
}

export type HistoryChange = {
  /** How often what detectors look back on was changed. */
  readonly epoch: number;
  /** Blocks above may have been judged without knowing of it; `undefined` where that has been seen to. */
  readonly judgeAbove: number | undefined;
};

export async function findHistoryChange(db: Database): Promise<HistoryChange> {
  const row = await db.selectFrom("history").selectAll().executeTakeFirstOrThrow();
  return { epoch: row.epoch, judgeAbove: row.followed < row.epoch ? row.changed_at_height : undefined };
}

/** Blocks above the change were judged anew. */
export async function noteFollowed(db: Database, { epoch }: HistoryChange): Promise<void> {
  await db.updateTable("history").set({ followed: epoch }).where("followed", "<", epoch).execute();
}

/** The end of a job; nothing where it does not run any more. */
export async function endJob(
  db: Database,
  jobId: number,
  failure?: { readonly code: string; readonly message: string },
): Promise<void> {
  await db
    .updateTable("backfill_jobs")
    .set({
      status: failure === undefined ? "done" : "failed",
      finished_at: sql<Date>`clock_timestamp()`,
      error_code: failure?.code ?? null,
      error_message: failure?.message ?? null,
    })
    .where("id", "=", jobId)
    .where("status", "=", "running")
    .execute();
}
