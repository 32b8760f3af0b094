import { type BlockHash, bytesFromDisplayHex, displayHex } from "#bitcoin";

export type BlockEntry = {
  /** Internal byte order. */
  readonly hash: Uint8Array;
  readonly bits: number;
  /** Header time, unix seconds. */
  readonly time: number;
  readonly file: number;
  readonly offset: number;
  readonly size: number;
  readonly transactions: number;
};

const HASH_SIZE = 32;

/** What `find` and the columns say where there is nothing. */
export const NONE = -1;

/** An undo record that is the block's; of block 0, which has none and needs none. */
export const NO_UNDO_NEEDED = -2;

/**
 * Every block of the files under a small number, in columns: about 85 bytes a block, so that the whole main chain
 * takes less than 100 MB. `parents`, `roots`, `depths` and `work` are filled in by `linkBlocks`, `undos` as they are found.
 */
export class BlockTable {
  count = 0;
  parents = new Int32Array(0);
  /** The lowest block below this one. */
  roots = new Int32Array(0);
  /** Blocks between the root and this one. */
  depths = new Int32Array(0);
  /** Of the root and all up to this one. Exact enough: one block is far above the last bit of the sum of any chain. */
  work = new Float64Array(0);
  files = new Uint32Array(0);
  offsets = new Uint32Array(0);
  sizes = new Uint32Array(0);
  bits = new Uint32Array(0);
  times = new Uint32Array(0);
  transactions = new Uint32Array(0);
  undos = new Int32Array(0);
  #hashes = new Uint8Array(0);
  /** Open addressing: number of a block + 1 at the place that its hash leads to. */
  #slots = new Int32Array(1024);

  /** The block's number; `NONE` where its hash is there already. */
  add({ hash, bits, time, file, offset, size, transactions }: BlockEntry): number {
    if (this.count === this.files.length) this.#grow();
    const slot = this.#slotOf(hash);
    if (this.#slots[slot] !== 0) return NONE;
    const block = this.count;
    this.count += 1;
    this.#slots[slot] = block + 1;
    this.#hashes.set(hash, block * HASH_SIZE);
    this.parents[block] = NONE;
    this.undos[block] = NONE;
    this.bits[block] = bits;
    this.times[block] = time;
    this.files[block] = file;
    this.offsets[block] = offset;
    this.sizes[block] = size;
    this.transactions[block] = transactions;
    return block;
  }

  /** Internal byte order. */
  find(hash: Uint8Array): number {
    return (this.#slots[this.#slotOf(hash)] ?? 0) - 1;
  }

  findHash(hash: BlockHash): number {
    return this.find(bytesFromDisplayHex(hash));
  }

  hashBytes(block: number): Uint8Array {
    return this.#hashes.subarray(block * HASH_SIZE, (block + 1) * HASH_SIZE);
  }

  hashOf(block: number): BlockHash {
    return displayHex(this.hashBytes(block)) as BlockHash;
  }

  /** The place of the hash, or the empty one where it would stand. Hashes are random: their first bytes are a good key. */
  #slotOf(hash: Uint8Array): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = (hash[0] ?? 0) | ((hash[1] ?? 0) << 8) | ((hash[2] ?? 0) << 16) | ((hash[3] ?? 0) << 24);
    for (slot &= mask; ; slot = (slot + 1) & mask) {
      const found = slots[slot] ?? 0;
      if (found === 0 || this.#equals(found - 1, hash)) return slot;
    }
  }

  #equals(block: number, hash: Uint8Array): boolean {
    const start = block * HASH_SIZE;
    for (let index = 0; index < HASH_SIZE; index += 1) {
      if (this.#hashes[start + index] !== hash[index]) return false;
    }
    return true;
  }

  #grow(): void {
    const size = Math.max(256, Math.ceil(this.files.length * 1.25));
    this.parents = copied(this.parents, new Int32Array(size));
    this.roots = copied(this.roots, new Int32Array(size));
    this.depths = copied(this.depths, new Int32Array(size));
    this.work = copied(this.work, new Float64Array(size));
    this.files = copied(this.files, new Uint32Array(size));
    this.offsets = copied(this.offsets, new Uint32Array(size));
    this.sizes = copied(this.sizes, new Uint32Array(size));
    this.bits = copied(this.bits, new Uint32Array(size));
    this.times = copied(this.times, new Uint32Array(size));
    this.transactions = copied(this.transactions, new Uint32Array(size));
    this.undos = copied(this.undos, new Int32Array(size));
    this.#hashes = copied(this.#hashes, new Uint8Array(size * HASH_SIZE));
    if (size * 1.5 > this.#slots.length) this.#widen(size * 2);
  }

  #widen(places: number): void {
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(places)));
    for (let block = 0; block < this.count; block += 1) this.#slots[this.#slotOf(this.hashBytes(block))] = block + 1;
  }
}

/** Copies a column into a longer one. */
export function copied<Column extends { set(from: Column): void }>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
