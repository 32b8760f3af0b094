import type { MempoolSnapshot } from "#bitcoin";
import { blockHashOfColumn } from "../database/hash-column.ts";
import type { Database } from "../database/schema.ts";

/** What waited when it was last stored; ids of transactions are kept of the next block alone, by its tip. */
export async function findNewestSnapshot(db: Database): Promise<Omit<MempoolSnapshot, "nextBlockTxids"> | undefined> {
  const row = await db.selectFrom("mempool_snapshots").selectAll().orderBy("time", "desc").limit(1).executeTakeFirst();
  if (row === undefined) return undefined;
  const { time, tip_height: height, tip_hash: hash, count, weight, histogram } = row;
  const tip = height === null || hash === null ? null : { height, hash: blockHashOfColumn(hash) };
  const { total_fee: totalFee, min_fee_rate: minFeeRate, projected_blocks: projectedBlocks } = row;
  return { time, tip, count, weight, totalFee, minFeeRate, histogram, projectedBlocks };
}
