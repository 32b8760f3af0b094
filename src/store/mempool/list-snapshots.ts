import type { MempoolSnapshot } from "#bitcoin";
import type { Database } from "../database/schema.ts";
import { snapshotOfRow } from "./snapshot-of-row.ts";

const PAGE = 100;

/**
 * Stored snapshots after a moment of the source's clock, in order, page by page. Which transactions the next block was
 * expected to hold is kept of the newest tips alone, and not told here.
 */
export async function* streamSnapshots(db: Database, after: number): AsyncGenerator<readonly MempoolSnapshot[]> {
  let last = after;
  for (;;) {
    const rows = await db
      .selectFrom("mempool_snapshots")
      .selectAll()
      .where("time", ">", last)
      .orderBy("time")
      .limit(PAGE)
      .execute();
    if (rows.length > 0) yield rows.map((row) => ({ ...snapshotOfRow(row), nextBlockTxids: null }));
    last = rows.at(-1)?.time ?? last;
    if (rows.length < PAGE) return;
  }
}
