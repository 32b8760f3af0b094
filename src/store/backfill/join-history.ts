import type { Transaction } from "kysely";
import { pause } from "#lib";
import { lockCursor } from "../blocks/cursor.ts";
import type { Database, Tables } from "../database/schema.ts";
import { missingBlock } from "./errors.ts";
import { noteChange } from "./history-change.ts";
import { findLowest, type HistoryPath } from "./history-path.ts";
import { findSpan } from "./stored-span.ts";

/** Blocks that are joined at a time: for less than a second nobody else moves the cursor. */
const PIECE_BLOCKS = 5_000;

const YIELD_MS = 20;

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

type Join = {
  readonly jobId: number;
  readonly path: HistoryPath;
  /** The job's own fold makes the signals of stored blocks anew up to here. */
  readonly foldTo: number;
  /** So many blocks below a block its signals depend on. */
  readonly lookBack: number;
  readonly signal: AbortSignal;
  /** Blocks of one transaction. */
  readonly pieceBlocks?: number;
};

/**
 * Blocks become part of the stored chain below its lowest, piece by piece from the top down, so that it never has a gap
 * and whoever follows the tip stores blocks in between. Interrupted, it goes on below what was joined. `false` where the
 * job does not run any more.
 */
export async function joinHistory(db: Database, join: Join): Promise<boolean> {
  const { path, pieceBlocks = PIECE_BLOCKS, signal } = join;
  for (;;) {
    signal.throwIfAborted();
    const lowest = await joinPiece(db, { ...join, pieceBlocks });
    if (lowest === undefined) return false;
    if (lowest <= path.fromHeight) return true;
    // A row lock goes to whoever comes first, not to who waits for it.
    await pause(YIELD_MS, signal);
  }
}

/** Height of the lowest block then. */
async function joinPiece(
  db: Database,
  { jobId, path, foldTo, lookBack, pieceBlocks }: Join & { readonly pieceBlocks: number },
): Promise<number | undefined> {
  return db.transaction().execute(async (trx) => {
    const tip = await lockCursor(trx);
    const lowest = await findLowest(trx);
    if (tip === undefined || lowest === undefined || !(await isRunning(trx, jobId))) return undefined;
    const first = Math.max(path.fromHeight, lowest.height - pieceBlocks);
    if (first >= lowest.height) return lowest.height;
    // A reorg may have changed what it leads to since it was read.
    if (path.bytesAt(lowest.height - 1)?.equals(lowest.prevHash) !== true) throw missingBlock(lowest.height - 1);
    const hashes = Array.from({ length: lowest.height - first }, (_, at) => path.bytesAt(first + at) ?? Buffer.of());
    await trx.updateTable("block_headers").set({ connected: true }).where("hash", "in", hashes).execute();
    // Who looks back on these, and is above what the job judges anew, is judged by whoever follows the tip.
    if (foldTo < lowest.height - 1 + lookBack) await noteChange(trx, Math.min(foldTo, tip.height));
    return first;
  });
}

async function isRunning(trx: Transaction<Tables>, jobId: number): Promise<boolean> {
  const job = await trx.selectFrom("backfill_jobs").select("status").where("id", "=", jobId).executeTakeFirst();
  return job?.status === "running";
}
