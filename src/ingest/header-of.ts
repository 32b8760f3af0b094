import type { ChainBlock } from "#chain";
import type { ExtractedBlock } from "#features";
import type { StoredHeader } from "#store";

/** The header of a block as it is stored. */
export function headerOf(block: ChainBlock, { header, features, size, weight }: ExtractedBlock): StoredHeader {
  return {
    hash: block.hash,
    height: block.height,
    prevHash: header.prevHash,
    time: header.time,
    version: header.version,
    bits: header.bits,
    txCount: features.txs,
    size,
    weight,
  };
}
