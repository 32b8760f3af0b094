import { type BlockHash, blockHashOf, HEADER_SIZE, parseHeader } from "#bitcoin";
import { AppError, sha256 } from "#lib";
import type { ChainBlock, ChainLink } from "../chain-source.ts";

type CheckedLink = ChainLink & { readonly prevHash: BlockHash };

/** The block is the one that was asked for: its header hashes to that. */
export function checkedLink(block: ChainBlock, asked: BlockHash | undefined): CheckedLink {
  const header = block.bytes.subarray(0, HEADER_SIZE);
  const hash = header.length === HEADER_SIZE ? blockHashOf(header, sha256) : undefined;
  if (hash === undefined || hash !== asked || hash !== block.hash) {
    const message = `${block.origin.block}: is not block ${asked ?? block.hash}, which was asked for`;
    throw new AppError("CHAIN_OTHER_BLOCK", message, { retryable: true, details: { height: block.height } });
  }
  const { bits, prevHash } = parseHeader(header);
  return { height: block.height, hash, bits, prevHash };
}
