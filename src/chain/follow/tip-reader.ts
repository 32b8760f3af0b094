import type { BlockHash } from "#bitcoin";
import type { BlockRef, ChainBlock } from "../chain-source.ts";

/**
 * What following a tip needs of a source. All may throw; an `AppError` that is `retryable` means that the source does
 * not answer now and may later, any other that going on makes no sense.
 * Answers of different moments need not agree with each other: the follower checks that blocks connect.
 */
export type TipReader = {
  /** The newest block of what the source holds to be the best chain. */
  readTip(signal: AbortSignal): Promise<BlockRef>;
  /** Hashes of that chain at these heights, both included; fewer where it ends before. */
  listHashes(
    heights: { readonly first: number; readonly last: number },
    signal: AbortSignal,
  ): Promise<readonly BlockHash[]>;
  /** The 80 bytes of each header, in the order asked. */
  listHeaders(hashes: readonly BlockHash[], signal: AbortSignal): Promise<readonly Uint8Array[]>;
  /** The blocks in the order asked. May read ahead, within a bounded memory. */
  readBlocks(refs: readonly BlockRef[], signal: AbortSignal): AsyncIterable<ChainBlock>;
  /** When news was heard that the tip read last may follow from, by `performance.now()`; absent where none is listened for. */
  heardAt?(): number | undefined;
  /** Returns when the tip may have moved on from `tip`, or after some seconds without news. */
  waitForNews(tip: BlockRef, signal: AbortSignal): Promise<void>;
};
