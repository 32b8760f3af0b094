import { type BlockHash, displayHex, HEADER_SIZE } from "#bitcoin";
import { AppError, pause } from "#lib";
import type { BlockRef, ChainBlock, HeightRange } from "../chain-source.ts";
import { checkBody } from "../check-body.ts";
import { namingFile } from "../dir-source.ts";
import type { TipReader } from "../follow/tip-reader.ts";
import { type BestChain, findBestChain } from "./best-chain.ts";
import { NONE } from "./block-table.ts";
import { type FilesIndex, refreshIndex } from "./files-index.ts";
import { type NumberedBlock, readNumberedBlocks, withSpent } from "./read-blocks.ts";
import type { UndoFinder } from "./undo-finder.ts";

/** Files as a chain; `best` is replaced when they have changed. */
export type FilesChain = {
  readonly index: FilesIndex;
  readonly finder: UndoFinder;
  best: BestChain;
};

type Sleep = (durationMs: number, signal: AbortSignal) => Promise<void>;

/** Looking costs a listing of the folder and a few small reads. */
const LOOK_EVERY_MS = 2_000;

const LOOKS_WITHOUT_NEWS = 5;

/** So many blocks before the tip are checked; hashing all transactions of a long way would take longer than reading. */
const NEAR_TIP = 6;

/** Stands for a block below the first one here: it is the hash of none. */
const UNKNOWN_HASH = "0".repeat(64) as BlockHash;

export function filesTipReader(chain: FilesChain, sleep: Sleep = pause): TipReader {
  return {
    readTip: async () => {
      await refreshChain(chain);
      return tipOf(chain);
    },
    listHashes: async ({ first, last }) => listHashes(chain, first, last),
    listHeaders: (hashes) => Promise.all(hashes.map((hash) => readHeader(chain, hash))),
    readBlocks: (refs) => readChainBlocks(chain, refs),
    waitForNews: async (tip, signal) => {
      for (let look = 0; look < LOOKS_WITHOUT_NEWS && !signal.aborted; look += 1) {
        await sleep(LOOK_EVERY_MS, signal);
        if (signal.aborted) return;
        await refreshChain(chain);
        if (tipOf(chain).hash !== tip.hash) return;
      }
    },
  };
}

export async function refreshChain(chain: FilesChain): Promise<void> {
  const changed = await refreshIndex(chain.index);
  // An undo that was being written may be complete now.
  if (!changed && chain.best.settled) return;
  const best = await findBestChain(chain.index, chain.finder);
  if (best === undefined || best.blocks.length === 0) {
    const message = `${chain.index.reader.folder} does not hold a chain any more.`;
    throw new AppError("CHAIN_FILES_GONE", message, { retryable: true });
  }
  chain.best = best;
}

function tipOf({ index, best }: FilesChain): BlockRef {
  return { height: best.tipHeight, hash: index.blocks.hashOf(best.blocks[best.blocks.length - 1] ?? NONE) };
}

async function listHashes(chain: FilesChain, first: number, last: number): Promise<BlockHash[]> {
  const { best } = chain;
  if (last < best.firstHeight - 1) throw pruned(best);
  const hashes: BlockHash[] = [];
  for (let height = first; height <= Math.min(last, best.tipHeight); height += 1) {
    hashes.push(height < best.rootHeight ? await hashBelowRoot(chain, height) : hashAt(chain, height));
  }
  return hashes;
}

/** Of the chain's blocks, also those whose file a pruning node has deleted since; 0 below the lowest that was seen. */
export function headerTimesOf({ index, best }: FilesChain, { first, last }: HeightRange): Uint32Array {
  const heights = Math.max(0, Math.min(last, best.tipHeight) - first + 1);
  return Uint32Array.from(
    { length: heights },
    (_, offset) => index.blocks.times[best.blocks[first + offset - best.rootHeight] ?? NONE] ?? 0,
  );
}

function hashAt({ index, best }: FilesChain, height: number): BlockHash {
  return index.blocks.hashOf(best.blocks[height - best.rootHeight] ?? NONE);
}

/** The lowest block names the one below it; what is below that nothing tells. */
async function hashBelowRoot(chain: FilesChain, height: number): Promise<BlockHash> {
  const { best, index } = chain;
  if (height < best.rootHeight - 1) return UNKNOWN_HASH;
  const header = await readHeader(chain, index.blocks.hashOf(best.blocks[0] ?? NONE));
  return displayHex(header.subarray(4, 36)) as BlockHash;
}

async function readHeader({ index, best }: FilesChain, hash: BlockHash): Promise<Uint8Array> {
  const block = index.blocks.findHash(hash);
  if (block === NONE || index.gone.has(index.blocks.files[block] ?? 0)) throw pruned(best);
  const [file, offset] = [index.blocks.files[block] ?? 0, index.blocks.offsets[block] ?? 0];
  return index.reader.read("blk", { file, offset, size: HEADER_SIZE });
}

async function* readChainBlocks(
  chain: FilesChain,
  refs: readonly BlockRef[],
): ReturnType<TipReader["readBlocks"]> & AsyncGenerator {
  const { index, finder, best } = chain;
  const wanted = refs.map((ref): NumberedBlock => {
    const block = index.blocks.findHash(ref.hash);
    if (block === NONE || ref.height < best.firstHeight) throw pruned(best);
    return { ...ref, block };
  });
  for await (const block of readNumberedBlocks(index, finder, wanted)) {
    yield block.height > best.tipHeight - NEAR_TIP ? checked(withSpent(block), index) : withSpent(block);
  }
}

/** Headers are checked when they are found; the transactions of what is new are compared with them as well. */
function checked(block: ChainBlock, { network }: FilesIndex): ChainBlock {
  namingFile(block.origin, () => checkBody(block.bytes, network));
  return block;
}

function pruned({ firstHeight }: BestChain): AppError {
  return new AppError(
    "CHAIN_PRUNED",
    `The node's files are pruned below height ${firstHeight}: what is below has to come from elsewhere.`,
    { details: { firstHeight } },
  );
}
