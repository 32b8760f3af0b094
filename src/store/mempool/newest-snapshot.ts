import type { MempoolSnapshot } from "#bitcoin";
import type { Database } from "../database/schema.ts";
import { snapshotOfRow } from "./snapshot-of-row.ts";

/** What waited when it was last stored; ids of transactions are kept of the next block alone, by its tip. */
export async function findNewestSnapshot(db: Database): Promise<Omit<MempoolSnapshot, "nextBlockTxids"> | undefined> {
  const row = await db.selectFrom("mempool_snapshots").selectAll().orderBy("time", "desc").limit(1).executeTakeFirst();
  return row && snapshotOfRow(row);
}
