import type { ChainBlock, HeightRange } from "../chain-source.ts";
import { tooShort } from "../follow/read-range.ts";
import type { ChainWalk } from "./chain-walk.ts";
import { openWalk, type Simulation } from "./simulation.ts";

/** Blocks that are kept beyond a range: the next one begins a little below, and a race may have led past its end. */
const KEPT_BLOCKS = 40;

/** Reads ranges one after the other, and goes on from where the one before ended where that is on the way. */
export class RangeWalk {
  readonly #simulation: Simulation;
  #walk: ChainWalk | undefined;
  /** The newest blocks that the walk has passed, by height. */
  #passed = new Map<number, ChainBlock>();

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
  }

  /** Of two branches that raced, the one that won. */
  async *read(heights: HeightRange, signal: AbortSignal): AsyncGenerator<ChainBlock> {
    const { first, last } = heights;
    const tip = Math.max(this.#simulation.startHeight, this.#simulation.seenHeight);
    if (last > tip) throw tooShort(heights, tip - first + 1);
    const walk = await this.#standBelow(first);
    const passed = this.#passed;
    // Somebody else may read meanwhile, and who gives up in the middle leaves nothing to go on with.
    this.#walk = undefined;
    this.#passed = new Map();
    while ((walk.world.tip.height < last || walk.world.race !== undefined) && !signal.aborted) {
      for (const happening of await walk.step()) {
        const { height } = happening.block;
        if (happening.type === "disconnect") passed.delete(height);
        else passed.set(height, happening.block);
        if (height < first) passed.delete(height - KEPT_BLOCKS);
      }
    }
    if (signal.aborted) return;
    const blocks = listBlocks(passed, heights);
    for (const height of passed.keys()) if (height <= last - KEPT_BLOCKS) passed.delete(height);
    this.#walk = walk;
    this.#passed = passed;
    yield* blocks;
  }

  async #standBelow(height: number): Promise<ChainWalk> {
    const walk = this.#walk;
    if (walk !== undefined && (walk.world.tip.height < height || this.#passed.has(height))) return walk;
    this.#passed = new Map();
    return openWalk(this.#simulation, height - 1);
  }
}

function listBlocks(passed: ReadonlyMap<number, ChainBlock>, { first, last }: HeightRange): readonly ChainBlock[] {
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const block = passed.get(first + at);
    if (block === undefined) throw tooShort({ first, last }, at);
    return block;
  });
}
