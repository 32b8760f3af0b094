import type { BlockHash, MempoolSnapshot } from "#bitcoin";
import { hashOf } from "./stored-blocks.ts";

/** What waits, with made-up numbers that differ from moment to moment, for tests of what is stored. */
export function storedSnapshot(
  time: number,
  tip: BlockHash | null,
  changes: Partial<MempoolSnapshot> = {},
): MempoolSnapshot {
  return {
    time,
    tip: tip === null ? null : { height: 7, hash: tip },
    count: 3,
    weight: 1_200,
    totalFee: 600 + (time % 1_000),
    minFeeRate: 0.1,
    histogram: [{ from: 1.12, weight: 1_200, count: 3, inflowWeight: null }],
    projectedBlocks: [{ weight: 1_200, count: 3, totalFee: 600 + (time % 1_000), feeRates: [1, 1, 1, 2, 3, 3, 3] }],
    nextBlockTxids: new Uint8Array(96).fill(time % 251),
    ...changes,
  };
}

const NOON = 20_000 * 86_400 + 43_200;

/** Two moments so far apart that storing the later one makes a partition and drops that of the earlier. */
export const DAYS = {
  earlier: storedSnapshot(NOON, hashOf("earlier tip")),
  later: storedSnapshot(NOON + 5 * 86_400, hashOf("later tip")),
  retention: 2,
} as const;
