import type { ChainBlock } from "../chain-source.ts";
import type { ChainWalk, Happening } from "../simnet/index.ts";

/** A block whose branch has won or lost. */
export type SettledBlock = { readonly block: ChainBlock; readonly stale: boolean };

/**
 * All blocks from the walk's next one to the one at height `last`, in the order in which a node sees them: of a race
 * the loser first, as `stale`. A race that is not over at `last` is left out but for what the winner has up to there.
 */
export async function* settledBlocks(walk: ChainWalk, last: number): AsyncGenerator<SettledBlock> {
  let unsettled: Happening[] = [];
  while (walk.world.tip.height < last || walk.world.race !== undefined) {
    unsettled.push(...(await walk.step()));
    if (walk.world.race !== undefined) continue;
    yield* settle(unsettled, last);
    unsettled = [];
  }
}

function settle(happenings: readonly Happening[], last: number): SettledBlock[] {
  const undone = new Set(happenings.flatMap(({ type, block }) => (type === "disconnect" ? [block.hash] : [])));
  const blocks = happenings.flatMap((happening) =>
    happening.type === "connect" ? [{ block: happening.block, stale: undone.has(happening.block.hash) }] : [],
  );
  if (blocks.every(({ block }) => block.height <= last)) return blocks;
  return blocks.filter(({ block, stale }) => !stale && block.height <= last);
}
