import type { ChainBlock } from "../chain-source.ts";

/** Of demo density, the blocks of a month take half as much. */
const MOST_BYTES = 150_000_000;

/** Blocks that were made on the way to others and are asked for later, ascending; each is given away once. */
export class KeptBlocks {
  readonly #blocks = new Map<number, ChainBlock>();
  readonly #mostBytes: number;
  #bytes = 0;

  constructor(mostBytes = MOST_BYTES) {
    this.#mostBytes = mostBytes;
  }

  /** What does not fit is made anew when it is asked for. */
  keep(block: ChainBlock): void {
    if (this.#bytes + sizeOf(block) > this.#mostBytes) return;
    this.#blocks.set(block.height, block);
    this.#bytes += sizeOf(block);
  }

  take(height: number): ChainBlock | undefined {
    const block = this.#blocks.get(height);
    if (block === undefined) return undefined;
    this.#blocks.delete(height);
    this.#bytes -= sizeOf(block);
    return block;
  }
}

function sizeOf({ bytes, spent }: ChainBlock): number {
  return bytes.length + (spent?.bytes.length ?? 0);
}
