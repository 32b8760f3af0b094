import { copied } from "./block-table.ts";

export type UndoEntry = {
  readonly file: number;
  readonly offset: number;
  /** Of the `CBlockUndo`; its checksum follows it. */
  readonly size: number;
  /** Of the block, the coinbase included. */
  readonly transactions: number;
};

type Range = { readonly first: number; readonly end: number };

/** Every undo record under a small number, in columns. A file's records are ascending by offset. */
export class UndoTable {
  count = 0;
  files = new Uint32Array(0);
  offsets = new Uint32Array(0);
  sizes = new Uint32Array(0);
  transactions = new Uint32Array(0);
  /** 1 where the block is known that it belongs to. */
  taken = new Uint8Array(0);
  readonly #ranges = new Map<number, Range[]>();

  add({ file, offset, size, transactions }: UndoEntry): void {
    if (this.count === this.files.length) this.#grow();
    const undo = this.count;
    this.count += 1;
    this.files[undo] = file;
    this.offsets[undo] = offset;
    this.sizes[undo] = size;
    this.transactions[undo] = transactions;
    this.#extendRange(file, undo);
  }

  /** Numbers of the records of a file. */
  rangesOf(file: number): readonly Range[] {
    return this.#ranges.get(file) ?? [];
  }

  #extendRange(file: number, undo: number): void {
    const ranges = this.#ranges.get(file) ?? [];
    const last = ranges.at(-1);
    if (last?.end === undo) ranges[ranges.length - 1] = { first: last.first, end: undo + 1 };
    else ranges.push({ first: undo, end: undo + 1 });
    this.#ranges.set(file, ranges);
  }

  #grow(): void {
    const size = Math.max(256, Math.ceil(this.files.length * 1.25));
    this.files = copied(this.files, new Uint32Array(size));
    this.offsets = copied(this.offsets, new Uint32Array(size));
    this.sizes = copied(this.sizes, new Uint32Array(size));
    this.transactions = copied(this.transactions, new Uint32Array(size));
    this.taken = copied(this.taken, new Uint8Array(size));
  }
}
