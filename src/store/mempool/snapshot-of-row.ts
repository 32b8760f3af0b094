import type { Selectable } from "kysely";
import type { MempoolSnapshot } from "#bitcoin";
import { blockHashOfColumn } from "../database/hash-column.ts";
import type { Tables } from "../database/schema.ts";

/** Ids of transactions are kept of the next block alone, by its tip. */
export function snapshotOfRow(row: Selectable<Tables["mempool_snapshots"]>): Omit<MempoolSnapshot, "nextBlockTxids"> {
  const { time, tip_height: height, tip_hash: hash, count, weight, histogram } = row;
  const tip = height === null || hash === null ? null : { height, hash: blockHashOfColumn(hash) };
  const { total_fee: totalFee, min_fee_rate: minFeeRate, projected_blocks: projectedBlocks } = row;
  return { time, tip, count, weight, totalFee, minFeeRate, histogram, projectedBlocks };
}
