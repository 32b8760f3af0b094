import { AppError } from "#lib";
import type { ChainBlock, HeightRange } from "../chain-source.ts";
import { checkedLink } from "./checked-link.ts";
import type { TipReader } from "./tip-reader.ts";

/** Blocks of the reader's best chain at these heights: each is the one that was asked for and stands on the one before. */
export async function* readRange(
  reader: Pick<TipReader, "listHashes" | "readBlocks">,
  heights: HeightRange,
  signal: AbortSignal,
): AsyncGenerator<ChainBlock> {
  const hashes = await reader.listHashes(heights, signal);
  if (hashes.length < heights.last - heights.first + 1) throw tooShort(heights, hashes.length);
  const refs = hashes.map((hash, index) => ({ height: heights.first + index, hash }));
  let parent: string | undefined;
  for await (const block of reader.readBlocks(refs, signal)) {
    const link = checkedLink(block, refs[block.height - heights.first]?.hash);
    if (parent !== undefined && link.prevHash !== parent) throw notConnected(block);
    parent = link.hash;
    yield block;
    if (signal.aborted) return;
  }
}

export function tooShort({ first, last }: HeightRange, known: number): AppError {
  const message = `The source's chain ends at block ${first + known - 1}: blocks ${first} to ${last} are not all there.`;
  return new AppError("CHAIN_RANGE_MISSING", message, { retryable: true });
}

/** The chain was reorganised between two answers. */
function notConnected({ height, hash }: ChainBlock): AppError {
  const message = `Block ${height} (${hash}) does not stand on the block that the source named below it.`;
  return new AppError("CHAIN_RANGE_MISSING", message, { retryable: true });
}
