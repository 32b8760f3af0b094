import { workOf } from "#bitcoin";
import { type BlockTable, NONE } from "./block-table.ts";

/** Finds out of each block where it stands above the lowest block that it hangs on. Parents are known already. */
export function linkBlocks(table: BlockTable): void {
  const { parents, count } = table;
  const done = new Uint8Array(count);
  const workOfBits = rememberWork();
  const waiting: number[] = [];
  for (let block = 0; block < count; block += 1) {
    for (let next = block; next !== NONE && done[next] === 0; next = parents[next] ?? NONE) waiting.push(next);
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      linkOne(table, next, workOfBits(table.bits[next] ?? 0));
      done[next] = 1;
    }
  }
}

function linkOne(table: BlockTable, block: number, work: number): void {
  const parent = table.parents[block] ?? NONE;
  table.roots[block] = parent === NONE ? block : (table.roots[parent] ?? block);
  table.depths[block] = parent === NONE ? 0 : (table.depths[parent] ?? 0) + 1;
  table.work[block] = work + (parent === NONE ? 0 : (table.work[parent] ?? 0));
}

/** Thousands of blocks have the same target. */
function rememberWork(): (bits: number) => number {
  const known = new Map<number, number>();
  return (bits) => {
    const work = known.get(bits) ?? Number(workOf(bits));
    known.set(bits, work);
    return work;
  };
}

export type Tree = { readonly root: number; readonly blocks: number };

/** The tree with most blocks. */
export function largestTree(table: BlockTable): Tree | undefined {
  const sizes = new Map<number, number>();
  for (const root of table.roots.subarray(0, table.count)) sizes.set(root, (sizes.get(root) ?? 0) + 1);
  let largest: Tree | undefined;
  for (const [root, blocks] of sizes) if (blocks > (largest?.blocks ?? 0)) largest = { root, blocks };
  return largest;
}

/** Blocks of a tree on which no other stands, the one with most work first; of equal ones the one that came first. */
export function tipsOf(table: BlockTable, root: number): number[] {
  const hasChild = new Uint8Array(table.count);
  for (const parent of table.parents.subarray(0, table.count)) if (parent !== NONE) hasChild[parent] = 1;
  const tips: number[] = [];
  for (let block = 0; block < table.count; block += 1) {
    if (hasChild[block] === 0 && table.roots[block] === root) tips.push(block);
  }
  return tips.sort((left, right) => (table.work[right] ?? 0) - (table.work[left] ?? 0) || left - right);
}
