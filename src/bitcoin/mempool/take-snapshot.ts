import { bucketOf, FEE_RATE_BOUNDS } from "./fee-rate-buckets.ts";
import type { Mempool } from "./mempool.ts";
import type { FeeRateBucket, MempoolSnapshot } from "./mempool-snapshot.ts";
import { listNextBlock } from "./next-block.ts";
import { assembleBlocks, describeBlock } from "./project-blocks.ts";
import { updateChunks } from "./update-chunks.ts";

/** What the transactions themselves do not tell. */
export type SnapshotMoment = Pick<MempoolSnapshot, "time" | "tip" | "minFeeRate">;

/** A snapshot made from all transactions. */
type WholeSnapshot = MempoolSnapshot & { readonly histogram: readonly FeeRateBucket[] };

/** What waits now; what comes from now on is the inflow of the next one. */
export function takeSnapshot(mempool: Mempool, moment: SnapshotMoment): WholeSnapshot {
  updateChunks(mempool);
  const blocks = assembleBlocks(mempool);
  const snapshot = {
    ...moment,
    count: mempool.size,
    weight: mempool.weight,
    totalFee: mempool.totalFee,
    histogram: countBuckets(mempool),
    projectedBlocks: blocks.map((chunks) => describeBlock(mempool, chunks)),
    nextBlockTxids: listNextBlock(mempool, blocks[0] ?? []),
  };
  mempool.columns.fresh.fill(0);
  mempool.observed = true;
  return snapshot;
}

function countBuckets({ table, columns, observed }: Mempool): FeeRateBucket[] {
  const counts = FEE_RATE_BOUNDS.map(() => 0);
  const weights = FEE_RATE_BOUNDS.map(() => 0);
  const inflows = FEE_RATE_BOUNDS.map(() => 0);
  table.forEach((slot) => {
    const weight = columns.weight[slot] ?? 0;
    const bucket = bucketOf(columns.chunkRate[columns.chunk[slot] ?? slot] ?? 0);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
    weights[bucket] = (weights[bucket] ?? 0) + weight;
    if (columns.fresh[slot] === 1) inflows[bucket] = (inflows[bucket] ?? 0) + weight;
  });
  return FEE_RATE_BOUNDS.flatMap((from, index) => {
    const [count = 0, weight = 0, inflow = 0] = [counts[index], weights[index], inflows[index]];
    return count === 0 ? [] : [{ from, weight, count, inflowWeight: observed ? inflow : null }];
  });
}
