import { type BlockHash, blockHashOf, HEADER_SIZE, parseHeader } from "#bitcoin";
import { sha256 } from "#lib";
import type { BlockRef, ChainBlock } from "../chain-source.ts";
import type { TipReader } from "../follow/tip-reader.ts";
import { fetchHeader, fetchTip, findHashAt, listBlocksFrom } from "./esplora-api.ts";
import type { EsploraClient } from "./esplora-client.ts";
import { implausibleBits } from "./plausible-bits.ts";
import { badBlock, type BlockServer, readVerifiedBlock } from "./read-block.ts";

type Heights = { readonly first: number; readonly last: number };
type KnownBits = { readonly hash: BlockHash; readonly bits: number };

/** From so many heights on a list of blocks takes fewer requests than one for each. */
const WORTH_A_LIST = 4;

export function createEsploraReader(server: BlockServer, waitForNews: TipReader["waitForNews"]): TipReader {
  const { client } = server;
  return {
    readTip: async (signal) => {
      const { height, hash } = await fetchTip(client, signal);
      return { height, hash };
    },
    listHashes: (heights, signal) => listHashes(client, heights, signal),
    listHeaders: async (hashes, signal) => {
      const headers: Uint8Array[] = [];
      for (const hash of hashes) headers.push(await fetchHeader(client, hash, signal));
      return headers;
    },
    readBlocks: (refs, signal) => readBlocks(server, refs, signal),
    waitForNews,
  };
}

/** From the last one down, as the lists of blocks go; what they leave out is asked for one by one. */
async function listHashes(
  client: EsploraClient,
  { first, last }: Heights,
  signal: AbortSignal,
): Promise<readonly BlockHash[]> {
  const found = new Map<number, BlockHash>();
  for (let height = last; height >= first; height -= 1) {
    if (!found.has(height) && height - first + 1 >= WORTH_A_LIST) {
      for (const block of await listBlocksFrom(client, height, signal)) found.set(block.height, block.hash);
    }
    const hash = found.get(height) ?? (await findHashAt(client, height, signal));
    if (hash !== undefined) found.set(height, hash);
  }
  return upTo(found, { first, last });
}

/** Without a gap: the chain may have become shorter between two answers. */
function upTo(found: ReadonlyMap<number, BlockHash>, { first, last }: Heights): readonly BlockHash[] {
  const hashes: BlockHash[] = [];
  for (let height = first; height <= last; height += 1) {
    const hash = found.get(height);
    if (hash === undefined) break;
    hashes.push(hash);
  }
  return hashes;
}

async function* readBlocks(
  server: BlockServer,
  refs: readonly BlockRef[],
  signal: AbortSignal,
): AsyncGenerator<ChainBlock> {
  let below: KnownBits | undefined;
  for (const ref of refs) {
    const block = await readVerifiedBlock(server, ref, signal);
    const { bits } = await checkTarget(server, { block, below }, signal);
    below = { hash: block.hash, bits };
    yield block;
  }
}

type Judged = { readonly block: ChainBlock; readonly below: KnownBits | undefined };

async function checkTarget(server: BlockServer, { block, below }: Judged, signal: AbortSignal): Promise<KnownBits> {
  const { bits, prevHash } = parseHeader(block.bytes.subarray(0, HEADER_SIZE));
  const { network, client } = server;
  if (network.name === "mainnet") {
    let parent = below?.hash === prevHash ? below.bits : undefined;
    if (block.height > 0) parent ??= await fetchBits(client, prevHash, signal);
    const wrong = implausibleBits({ height: block.height, bits, parentBits: parent }, network);
    if (wrong !== undefined) throw badBlock(`${block.origin.block}: header / bits: ${wrong}`);
  }
  return { hash: block.hash, bits };
}

async function fetchBits(client: EsploraClient, hash: BlockHash, signal: AbortSignal): Promise<number> {
  const header = await fetchHeader(client, hash, signal);
  if (blockHashOf(header, sha256) !== hash)
    throw badBlock(`${client.address}/block/${hash}/header: is of another block`);
  return parseHeader(header).bits;
}
