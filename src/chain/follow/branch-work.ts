import {
  type BlockHash,
  blockHashOf,
  HEADER_SIZE,
  meetsProofOfWork,
  type Network,
  parseHeader,
  workOf,
} from "#bitcoin";
import { sha256 } from "#lib";
import type { ChainLink } from "../chain-source.ts";
import type { HeldChain } from "./held-chain.ts";

type ClaimedBranch = {
  /** The block below the branch; `undefined` where that is not known. */
  readonly parent: BlockHash | undefined;
  readonly hashes: readonly BlockHash[];
  readonly headers: readonly Uint8Array[];
  readonly network: Network;
};

/** Work of a branch whose headers prove it; `undefined` where they are not those of the hashes or do not connect. */
export function branchWork({ parent, hashes, headers, network }: ClaimedBranch): bigint | undefined {
  if (hashes.length !== headers.length) return undefined;
  let below = parent;
  let work = 0n;
  for (const [index, bytes] of headers.entries()) {
    if (bytes.length !== HEADER_SIZE) return undefined;
    const hash = blockHashOf(bytes, sha256);
    const { prevHash, bits } = parseHeader(bytes);
    if (hash !== hashes[index] || (below !== undefined && prevHash !== below)) return undefined;
    if (!meetsProofOfWork(hash, bits, network.powLimitBits)) return undefined;
    work += workOf(bits);
    below = hash;
  }
  return work;
}

/** Work of the held blocks above the fork; of all of them where there is none. */
export function workAbove(chain: HeldChain, fork: ChainLink | undefined): bigint {
  return chain.above(fork).reduce((work, { bits }) => work + workOf(bits), 0n);
}
