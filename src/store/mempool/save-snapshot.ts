import { sql, type Transaction } from "kysely";
import type { MempoolSnapshot } from "#bitcoin";
import { byteaOf, bytesOf } from "../database/hash-column.ts";
import type { Database, Tables } from "../database/schema.ts";
import { dropOldPartitions, ensurePartition } from "./partitions.ts";

/** So many tips have their template: that of now, and those whose next block is still being read. */
export const KEPT_TEMPLATES = 3;

/**
 * Stores what waits, and what the next block on its tip is expected to hold; of one moment the first is kept. Days
 * that are older than the retention are dropped.
 */
export async function saveMempoolSnapshot(
  db: Database,
  snapshot: MempoolSnapshot,
  retentionDays: number,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await ensurePartition(trx, snapshot.time);
    await insertSnapshot(trx, snapshot);
    await keepTemplate(trx, snapshot);
  });
  await dropOldPartitions(db, snapshot.time, retentionDays);
}

async function insertSnapshot(trx: Transaction<Tables>, snapshot: MempoolSnapshot): Promise<void> {
  const { time, tip, count, weight, totalFee, minFeeRate, histogram, projectedBlocks } = snapshot;
  await trx
    .insertInto("mempool_snapshots")
    .values({
      time,
      tip_height: tip?.height ?? null,
      tip_hash: tip && byteaOf(tip.hash),
      count,
      weight,
      total_fee: totalFee,
      min_fee_rate: minFeeRate,
      histogram: histogram && JSON.stringify(histogram),
      projected_blocks: JSON.stringify(projectedBlocks),
    })
    .onConflict((conflict) => conflict.column("time").doNothing())
    .execute();
}

async function keepTemplate(trx: Transaction<Tables>, snapshot: MempoolSnapshot): Promise<void> {
  const { time, tip, projectedBlocks, nextBlockTxids } = snapshot;
  if (tip === null || nextBlockTxids === null) return;
  const totalFee = projectedBlocks[0]?.totalFee ?? 0;
  await trx.deleteFrom("next_block_templates").where("tip_hash", "=", bytesOf(tip.hash)).execute();
  await trx
    .insertInto("next_block_templates")
    .values({ tip_hash: byteaOf(tip.hash), time, total_fee: totalFee, txids: Buffer.from(nextBlockTxids) })
    .execute();
  await sql`DELETE FROM next_block_templates WHERE tip_hash NOT IN
    (SELECT tip_hash FROM next_block_templates ORDER BY ordinal DESC LIMIT ${KEPT_TEMPLATES})`.execute(trx);
}
