import type { BlockHash } from "../hashes.ts";

/** A range of fee rates, in sat/vB: from `from`, inclusive, to the next bucket's. */
export type FeeRateBucket = {
  readonly from: number;
  /** Of the transactions whose package fee rate lies in the range. */
  readonly weight: number;
  readonly count: number;
  /** Weight of those that came since the snapshot before; `null` in the first one. */
  readonly inflowWeight: number | null;
};

/** A block as it would be mined now from what waits. */
export type ProjectedBlock = {
  readonly weight: number;
  readonly count: number;
  /** Satoshis. */
  readonly totalFee: number;
  /**
   * Package fee rates in sat/vB: lowest, then the 10, 25, 50, 75 and 90 percent points by weight (of a mempool.space
   * server: by number of transactions), then highest. Empty where the source does not tell.
   */
  readonly feeRates: readonly number[];
  /**
   * As mempool.space has it, sat/vB: the mean of the 10,000 weight units around the middle of a full block, counted from
   * its cheapest; 0 where they are not reached. Absent where the source does not tell, and in what was stored before.
   */
  readonly medianFee?: number | undefined;
  /** Weight as a share of what a block may have. Absent as well as `medianFee`. */
  readonly fullness?: number | undefined;
};

/** What waits to be mined at one moment. Fee rates are those of packages: what a miner gets for taking it. */
export type MempoolSnapshot = {
  /** Unix seconds of the source's clock. */
  readonly time: number;
  /** The tip on which these transactions wait; `null` where the source does not tell. */
  readonly tip: { readonly height: number; readonly hash: BlockHash } | null;
  readonly count: number;
  readonly weight: number;
  /** Satoshis. */
  readonly totalFee: number;
  /** sat/vB below which the node takes nothing now; `null` where the source does not tell. */
  readonly minFeeRate: number | null;
  /** Ascending by `from`; empty ranges are left out. `null` where the source tells no transactions. */
  readonly histogram: readonly FeeRateBucket[] | null;
  /** In the order in which they would be mined; the last one holds all the rest. */
  readonly projectedBlocks: readonly ProjectedBlock[];
  /**
   * Ids of the transactions of the first projected block, 32 bytes each in internal byte order, ascending as people read
   * them. `null` where the source tells no transactions, or where what waits is heavier than any block.
   */
  readonly nextBlockTxids: Uint8Array | null;
};
