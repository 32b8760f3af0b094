import { ParseError, scanBlock } from "#bitcoin";

/** Inputs of each transaction but the coinbase; none of them where the block cannot be read to its end. */
export function countInputs(block: Uint8Array): number[] {
  const counts: number[] = [];
  try {
    scanBlock(block, undefined, {
      transaction: ({ index, inputs }) => {
        if (index > 0) counts.push(inputs);
      },
    });
  } catch (error) {
    // A block that the node has not written to its end has no undo yet; one that is damaged is refused when delivered.
    if (!(error instanceof ParseError)) throw error;
    return [];
  }
  return counts;
}

/** Whether a `CBlockUndo` has these counts. Stops at the first that differs, mostly after a few bytes. */
export function hasInputCounts(undo: Uint8Array, counts: readonly number[]): boolean {
  const walk = new UndoWalk(undo);
  if (walk.count() !== counts.length) return false;
  for (const count of counts) {
    if (walk.count() !== count) return false;
    for (let coin = 0; coin < count; coin += 1) walk.skipCoin();
  }
  return true;
}

/** Bytes of the scripts that stand for themselves in compressed form (Core `compressor.h`). */
const SPECIAL_SCRIPT_SIZES = [20, 20, 32, 32, 32, 32] as const;

class UndoWalk {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  count(): number {
    const first = this.#bytes[this.#offset] ?? 0;
    const size = first < 0xfd ? 0 : first === 0xfd ? 2 : 4;
    let value = size === 0 ? first : 0;
    for (let index = 0; index < size; index += 1) {
      value += (this.#bytes[this.#offset + 1 + index] ?? 0) * 256 ** index;
    }
    this.#offset += 1 + size;
    return value;
  }

  skipCoin(): void {
    if (this.#varInt() >= 2) this.#varInt();
    this.#varInt();
    const size = this.#varInt();
    this.#offset += SPECIAL_SCRIPT_SIZES[size] ?? size - SPECIAL_SCRIPT_SIZES.length;
  }

  #varInt(): number {
    for (let value = 0; ;) {
      const byte = this.#bytes[this.#offset] ?? 0;
      this.#offset += 1;
      if (byte < 0x80) return value * 128 + byte;
      value = value * 128 + byte - 0x7f;
    }
  }
}
