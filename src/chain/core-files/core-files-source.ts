import type { Network } from "#bitcoin";
import { AppError } from "#lib";
import type { BlockSetSource, ChainSource, FollowableSource, SourceHealth } from "../chain-source.ts";
import { followTip } from "../follow/follow-tip.ts";
import { readRange } from "../follow/read-range.ts";
import { knownByGenesis } from "../simnet/index.ts";
import { type BestChain, findBestChain } from "./best-chain.ts";
import { findBlockFolder, listFiles } from "./block-folder.ts";
import { NO_UNDO_NEEDED, NONE } from "./block-table.ts";
import { heightOfRoot } from "./coinbase-height.ts";
import { emptyIndex, type FilesIndex, refreshIndex } from "./files-index.ts";
import { type FilesChain, filesTipReader, headerTimesOf, refreshChain } from "./files-tip-reader.ts";
import { countUnconnected, hasNoUndo, healthWithUndos, noUndo } from "./missing-undos.ts";
import { loadBlocks, type NumberedBlock, readNumberedBlocks } from "./read-blocks.ts";
import { RecordReader } from "./record-reader.ts";
import { damaged, networkOfMagic } from "./scan-records.ts";
import { UndoFinder } from "./undo-finder.ts";
import { isNoKey, readXorKey } from "./xor-key.ts";

type Sleep = (durationMs: number, signal: AbortSignal) => Promise<void>;

export type CoreFilesOptions = {
  /** Where nothing is held, so many blocks are read before the tip. */
  readonly historyBlocks: number;
  readonly finality: number;
  /** How to wait; a test passes one that does not. */
  readonly sleep?: Sleep;
};

/** The network of the data directory's files, by the magic bytes that they begin with. */
export async function findNetworkOfFiles(path: string): Promise<Network> {
  const reader = await openReader(path);
  try {
    return await networkOfFirstFile(reader);
  } finally {
    await reader.close();
  }
}

/**
 * The block and undo files of a Bitcoin Core data directory, with or without a node that writes to them. A chain with
 * a tip; a set where the blocks do not hang together.
 */
export async function openCoreFiles(path: string, options: CoreFilesOptions): Promise<ChainSource> {
  const reader = await openReader(path);
  try {
    const index = emptyIndex(reader, await networkOfFirstFile(reader));
    await refreshIndex(index);
    const finder = new UndoFinder(index);
    const best = await findBestChain(index, finder);
    return best === undefined
      ? await openSet(path, index, finder)
      : await openChain({ path, options, chain: { index, finder, best } });
  } catch (error) {
    await reader.close();
    throw error;
  }
}

async function openReader(path: string): Promise<RecordReader> {
  const folder = await findBlockFolder(path);
  return new RecordReader(folder, await readXorKey(folder));
}

async function networkOfFirstFile(reader: RecordReader): Promise<Network> {
  const [file = 0] = await listFiles(reader.folder, "blk");
  const bytes = await reader.read("blk", { file, offset: 0, size: 4 });
  const magic = bytes.reduce((value, byte, index) => value + byte * 256 ** index, 0);
  const network = networkOfMagic(magic);
  if (network === undefined)
    throw damaged(reader.pathOf("blk", file), 0, "does not begin with a record of any network");
  return network;
}

type ChainParts = { readonly path: string; readonly options: CoreFilesOptions; readonly chain: FilesChain };

async function openChain({ path, options, chain }: ChainParts): Promise<FollowableSource> {
  const { index } = chain;
  if (hasNoUndo(index, chain.best)) throw noUndo(index);
  const closing = new AbortController();
  const firstHeight = Math.max(chain.best.firstHeight, chain.best.tipHeight - options.historyBlocks + 1);
  let health: SourceHealth = { state: "healthy", reason: null };
  return {
    ...(await basics(path, index, describeChain(index, chain.best))),
    kind: "chain",
    now: () => nowOf(chain),
    firstHeight,
    tipHeight: async () => {
      await refreshChain(chain);
      return chain.best.tipHeight;
    },
    health: () => healthWithUndos(health, index, chain.best),
    headerTimes: async (heights) => headerTimesOf(chain, heights),
    readRange: (heights, signal) => readRange(filesTipReader(chain, options.sleep), heights, signal),
    follow: (held, signal) =>
      followTip({
        reader: filesTipReader(chain, options.sleep),
        network: index.network,
        held,
        firstHeight,
        finality: options.finality,
        signal: AbortSignal.any([signal, closing.signal]),
        onHealth: (seen) => {
          health = seen;
        },
        ...(options.sleep === undefined ? {} : { sleep: options.sleep }),
      }),
    close: async () => {
      closing.abort();
      await index.reader.close();
    },
  };
}

async function basics(path: string, index: FilesIndex, what: string) {
  const { network, reader } = index;
  const real = { chainId: network.genesisHash ?? network.name, pools: [] };
  return {
    ...(network.simulated ? knownByGenesis(await readGenesis(index)) : real),
    name: `core-files:${path}`,
    description: `Bitcoin Core's files in ${reader.folder}, ${network.name}, ${what}${isNoKey(reader.key) ? "" : ", xor key"}`,
    network,
  };
}

async function readGenesis(index: FilesIndex): Promise<Uint8Array | undefined> {
  const genesis = index.blocks.undos.indexOf(NO_UNDO_NEEDED);
  if (genesis < 0) return undefined;
  const [loaded] = await loadBlocks(index, [genesis]);
  return loaded?.bytes;
}

/** Nobody goes on with simulated files: their time stands where they end. */
function nowOf({ index, best }: FilesChain): number {
  if (!index.network.simulated) return wallClock();
  return index.blocks.times[best.blocks[best.blocks.length - 1] ?? NONE] ?? 0;
}

function wallClock(): number {
  return Math.floor(Date.now() / 1000);
}

function describeChain(index: FilesIndex, best: BestChain): string {
  const { firstHeight, tipHeight, stale } = best;
  const parts = [`blocks ${firstHeight} to ${tipHeight}`];
  if (firstHeight > 0) parts.push(`pruned below ${firstHeight}`);
  if (stale > 0) parts.push(`${stale} stale`);
  const rest = countUnconnected(index, best);
  if (rest > 0) parts.push(`${rest} not connected`);
  return parts.join(", ");
}

async function openSet(path: string, index: FilesIndex, finder: UndoFinder): Promise<BlockSetSource> {
  const blocks = await listBlocksWithHeight(index);
  const left = index.blocks.count - blocks.length;
  if (blocks.length === 0) {
    throw new AppError(
      "CHAIN_FILES_NO_HEIGHT",
      `The blocks in ${index.reader.folder} hang on no first block, and nothing else tells their height.`,
    );
  }
  const what = `${blocks.length} blocks that do not connect${left === 0 ? "" : `, ${left} left out because nothing tells their height`}`;
  return {
    ...(await basics(path, index, what)),
    kind: "set",
    now: wallClock,
    size: blocks.length,
    async *blocks(signal) {
      for await (const block of readNumberedBlocks(index, finder, blocks)) {
        if (signal.aborted) return;
        yield block;
      }
    },
    close: () => index.reader.close(),
  };
}

/** Ascending by height. */
async function listBlocksWithHeight(index: FilesIndex): Promise<NumberedBlock[]> {
  const found: NumberedBlock[] = [];
  for (let block = 0; block < index.blocks.count; block += 1) {
    const root = index.blocks.roots[block] ?? block;
    const base = await heightOfRoot(index, root);
    if (base === undefined) continue;
    found.push({ block, height: base + (index.blocks.depths[block] ?? 0), hash: index.blocks.hashOf(block) });
  }
  return found.sort((left, right) => left.height - right.height);
}
