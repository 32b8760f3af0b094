import { HEADER_SIZE, ParseError, parseHeader, scanBlock } from "#bitcoin";
import { NO_UNDO_NEEDED } from "./block-table.ts";
import type { FilesIndex } from "./files-index.ts";
import { loadBlocks } from "./read-blocks.ts";

const FIRST_VERSION_WITH_HEIGHT = 2;

/** Height of a block that hangs on nothing; `undefined` where nothing tells. */
export async function heightOfRoot(index: FilesIndex, root: number): Promise<number | undefined> {
  // Block 0.
  if (index.blocks.undos[root] === NO_UNDO_NEEDED) return 0;
  if (!index.heights.has(root)) {
    const [loaded] = await loadBlocks(index, [root]);
    index.heights.set(root, loaded && findCoinbaseHeight(loaded.bytes));
  }
  return index.heights.get(root);
}

/**
 * The height that a block's coinbase begins with (BIP34); `undefined` where the block is older than that rule, or is damaged.
 * Source: Core `validation.cpp`, `ContextualCheckBlock`: the height as a script pushes it.
 */
function findCoinbaseHeight(block: Uint8Array): number | undefined {
  const script = findCoinbaseScript(block);
  if (script === undefined) return undefined;
  const [length = 0] = script;
  // OP_1 … OP_16
  if (length > 0x50 && length <= 0x60) return length - 0x50;
  if (length < 1 || length > 4 || script.length <= length) return undefined;
  return script.subarray(1, 1 + length).reduce((height, byte, index) => height + byte * 256 ** index, 0);
}

function findCoinbaseScript(block: Uint8Array): Uint8Array | undefined {
  try {
    if (parseHeader(block.subarray(0, HEADER_SIZE)).version < FIRST_VERSION_WITH_HEIGHT) return undefined;
    const { start, end } = scanBlock(block, undefined, {}).coinbaseScript;
    return block.subarray(start, end);
  } catch (error) {
    // What cannot be read has no height that could be trusted; who reads the block itself is told what is wrong.
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}
