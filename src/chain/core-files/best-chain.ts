import { type Network, ParseError } from "#bitcoin";
import { checkBody } from "../check-body.ts";
import { type BlockTable, NONE } from "./block-table.ts";
import { heightOfRoot } from "./coinbase-height.ts";
import type { FilesIndex } from "./files-index.ts";
import { largestTree, tipsOf } from "./link-blocks.ts";
import { loadBlocks } from "./read-blocks.ts";
import type { UndoFinder } from "./undo-finder.ts";

/** The chain with most work whose blocks have their undo. */
export type BestChain = {
  /** Numbers of its blocks, the root's first. */
  readonly blocks: Int32Array;
  /** Height of the root. */
  readonly rootHeight: number;
  /** Height of the lowest block whose file is still there, as are those of all above. */
  readonly firstHeight: number;
  readonly tipHeight: number;
  /** Whether no block with more work waits for its undo. */
  readonly settled: boolean;
  /** Blocks of the same tree that are on other branches. */
  readonly stale: number;
};

/** The best chain; `undefined` where most blocks do not hang together, or nothing tells their heights. */
export async function findBestChain(index: FilesIndex, finder: UndoFinder): Promise<BestChain | undefined> {
  const tree = largestTree(index.blocks);
  if (tree === undefined || tree.blocks * 2 <= index.blocks.count) return undefined;
  const rootHeight = await heightOfRoot(index, tree.root);
  if (rootHeight === undefined) return undefined;
  const best = await findTip(index, finder, tree.root);
  const depthOfTip = best === undefined ? -1 : (index.blocks.depths[best.tip] ?? 0);
  const blocks = best === undefined ? new Int32Array(0) : pathTo(index.blocks, best.tip);
  return {
    blocks,
    rootHeight,
    firstHeight: rootHeight + firstThere(index, blocks),
    tipHeight: rootHeight + depthOfTip,
    settled: best?.isHeaviest ?? false,
    stale: best === undefined ? 0 : tree.blocks - 1 - (index.blocks.depths[best.leaf] ?? 0),
  };
}

type Tip = { readonly tip: number; readonly leaf: number; readonly isHeaviest: boolean };

/** Of each branch the highest block with an undo: the node has not connected what is above, or is about to. */
async function findTip(index: FilesIndex, finder: UndoFinder, root: number): Promise<Tip | undefined> {
  const { work } = index.blocks;
  let best: Tip | undefined;
  const leaves = tipsOf(index.blocks, root);
  for (const leaf of leaves) {
    if (best !== undefined && (work[leaf] ?? 0) <= (work[best.tip] ?? 0)) break;
    const tip = await highestConnected(index, finder, leaf);
    if (tip === undefined || (best !== undefined && (work[tip] ?? 0) <= (work[best.tip] ?? 0))) continue;
    best = { tip, leaf, isHeaviest: tip === leaves[0] };
  }
  return best;
}

/** A node connects blocks in order: below one with an undo all have one. So the border is found by halving. */
async function highestConnected(index: FilesIndex, finder: UndoFinder, leaf: number): Promise<number | undefined> {
  if (await isConnected(index, finder, leaf)) return leaf;
  const path = pathTo(index.blocks, leaf);
  let above = path.length - 1;
  let connected = above - 1;
  for (let step = 1; connected >= 0 && !(await isConnected(index, finder, path[connected] ?? NONE)); step *= 2) {
    above = connected;
    connected -= step;
  }
  if (connected < 0 && !(await isConnected(index, finder, path[0] ?? NONE))) return undefined;
  let below = Math.max(connected, 0);
  while (above - below > 1) {
    const middle = (above + below) >>> 1;
    if (await isConnected(index, finder, path[middle] ?? NONE)) below = middle;
    else above = middle;
  }
  return path[below];
}

async function isConnected(index: FilesIndex, finder: UndoFinder, block: number): Promise<boolean> {
  if (index.blocks.undos[block] !== NONE) return true;
  const loaded = await loadBlocks(index, [block]);
  const [undo] = await finder.findAll(loaded);
  if (undo === undefined) return false;
  if (loaded.every(({ bytes }) => isWhole(bytes, index.network))) return true;
  finder.release(block);
  return false;
}

/** The undo of a block may be on the disk before all of the block is. */
function isWhole(bytes: Uint8Array, network: Network): boolean {
  try {
    checkBody(bytes, network);
    return true;
  } catch (error) {
    if (error instanceof ParseError) return false;
    throw error;
  }
}

function pathTo({ parents, depths }: BlockTable, tip: number): Int32Array {
  const path = new Int32Array((depths[tip] ?? 0) + 1);
  for (let block = tip; block !== NONE; block = parents[block] ?? NONE) path[depths[block] ?? 0] = block;
  return path;
}

/** Position of the lowest block that can still be read, as can all above. */
function firstThere({ blocks, gone }: FilesIndex, path: Int32Array): number {
  if (gone.size === 0) return 0;
  const missing = path.findLastIndex((block) => gone.has(blocks.files[block] ?? 0));
  return missing + 1;
}
