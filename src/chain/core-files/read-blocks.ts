import { decodeUndo, type SpentOutputs } from "#bitcoin";
import { AppError } from "#lib";
import type { BlockRef, ChainBlock } from "../chain-source.ts";
import { namingFile } from "../dir-source.ts";
import { NO_UNDO_NEEDED } from "./block-table.ts";
import type { FilesIndex } from "./files-index.ts";
import type { Place } from "./record-reader.ts";
import type { FoundUndo, LoadedBlock, UndoFinder } from "./undo-finder.ts";

export type NumberedBlock = BlockRef & { readonly block: number };

/** Blocks that are read and held together; the next ones are read meanwhile. */
const BATCH_BYTES = 1_048_576;
const BATCH_BLOCKS = 1_000;

/** Batches that are read while one is worked through. */
const BATCHES_AHEAD = 1;

/** The coinbase alone: it spends nothing. */
const NOTHING_SPENT: SpentOutputs = { bytes: Uint8Array.of(1, 0), coinHeights: new Uint32Array(0) };

type Loaded = NumberedBlock & { readonly bytes: Uint8Array; readonly undo: FoundUndo | undefined };

/**
 * Reads blocks in the order asked. Their bytes are views of what was read with one call, and nothing is written there
 * again: they may be kept, and keep the memory of up to a batch.
 */
export async function* readNumberedBlocks(
  index: FilesIndex,
  finder: UndoFinder,
  wanted: readonly NumberedBlock[],
): AsyncGenerator<ChainBlock> {
  const ahead: Promise<Loaded[]>[] = [];
  // One search for undos after the other: where the last one was found tells where the next one likely is.
  let searched: Promise<unknown> = Promise.resolve();
  const begin = (batch: readonly NumberedBlock[]): void => {
    const read = loadBlocks(
      index,
      batch.map(({ block }) => block),
    );
    const before = searched;
    const loading = read.then(async (loaded) => {
      await before;
      return withUndos(index, finder, { batch, loaded });
    });
    searched = loading;
    ahead.push(loading);
  };
  try {
    for (const batch of batchesOf(index, wanted)) {
      begin(batch);
      if (ahead.length <= BATCHES_AHEAD) continue;
      for (const block of (await ahead.shift()) ?? []) yield toChainBlock(index, block);
    }
    for (let next = ahead.shift(); next !== undefined; next = ahead.shift()) {
      for (const block of await next) yield toChainBlock(index, block);
    }
  } finally {
    // Whoever stops early is not told of what would have failed.
    await Promise.allSettled(ahead);
  }
}

function* batchesOf({ blocks }: FilesIndex, wanted: readonly NumberedBlock[]): Generator<NumberedBlock[]> {
  let batch: NumberedBlock[] = [];
  let bytes = 0;
  for (const one of wanted) {
    batch.push(one);
    bytes += blocks.sizes[one.block] ?? 0;
    if (bytes < BATCH_BYTES && batch.length < BATCH_BLOCKS) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}

type Read = { readonly batch: readonly NumberedBlock[]; readonly loaded: readonly LoadedBlock[] };

async function withUndos(index: FilesIndex, finder: UndoFinder, { batch, loaded }: Read): Promise<Loaded[]> {
  const withUndo = loaded.filter(({ block }) => index.blocks.undos[block] !== NO_UNDO_NEEDED);
  const undos = await finder.findAll(withUndo);
  let next = 0;
  return batch.map((one, position) => {
    const needsUndo = index.blocks.undos[one.block] !== NO_UNDO_NEEDED;
    const undo = needsUndo ? undos[next] : undefined;
    if (needsUndo) next += 1;
    return { ...one, bytes: loaded[position]?.bytes ?? new Uint8Array(0), undo };
  });
}

export async function loadBlocks({ reader, blocks }: FilesIndex, wanted: readonly number[]): Promise<LoadedBlock[]> {
  const places = wanted.map((block): Place => ({
    file: blocks.files[block] ?? 0,
    offset: blocks.offsets[block] ?? 0,
    size: blocks.sizes[block] ?? 0,
  }));
  const read = await reader.readAll("blk", places);
  return wanted.map((block, position) => ({ block, bytes: read[position] ?? new Uint8Array(0) }));
}

function toChainBlock(index: FilesIndex, { block, height, hash, bytes, undo }: Loaded): ChainBlock {
  const { reader, blocks, undos } = index;
  const file = blocks.files[block] ?? 0;
  const origin = {
    block: `${reader.pathOf("blk", file)}, block at byte ${blocks.offsets[block] ?? 0}`,
    spent:
      undo === undefined
        ? reader.pathOf("rev", file)
        : `${reader.pathOf("rev", undos.files[undo.undo] ?? 0)}, undo at byte ${undos.offsets[undo.undo] ?? 0}`,
  };
  const spent =
    blocks.undos[block] === NO_UNDO_NEEDED
      ? NOTHING_SPENT
      : undo && namingFile(origin, () => decodeUndo(undo.bytes, index.keys));
  return { height, hash, bytes, spent, origin };
}

/** Blocks of a chain are of use only with what they spend. */
export function withSpent(block: ChainBlock): ChainBlock {
  if (block.spent !== undefined) return block;
  throw new AppError(
    "CHAIN_UNDO_MISSING",
    `${block.origin.spent} lacks the undo record of block ${block.height}, or it is damaged.`,
    { details: { height: block.height, hash: block.hash } },
  );
}
