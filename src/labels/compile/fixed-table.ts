import { sharedBytes, sharedWords } from "./shared-column.ts";

/** Slots per entry, so that a script that is not there mostly meets an empty slot at once. */
const SLOTS_PER_ENTRY = 1.6;
const NONE = -1;

/** A table that is complete, for another thread. */
export type PortableFixedTable = {
  readonly size: number;
  readonly count: number;
  readonly payloads: Uint8Array;
  readonly values: Uint32Array;
  readonly marks: Uint8Array;
  readonly places: Uint32Array;
};

/**
 * From payloads of one fixed size to numbers, exact: an index of open addressing over payloads that lie one after the
 * other. A slot is a byte of the hash (0: empty) and the place of the payload, so most misses touch one byte.
 * Memory: size + 4 bytes an entry, and 5 bytes a slot.
 */
export class FixedTable {
  readonly size: number;
  #payloads: Uint8Array;
  #values: Uint32Array;
  /** Needed while the table is built. */
  #ranks: Uint32Array;
  #marks: Uint8Array = new Uint8Array(16);
  #places: Uint32Array = new Uint32Array(16);
  #count = 0;

  constructor(size: number) {
    this.size = size;
    this.#payloads = new Uint8Array(size * 16);
    this.#values = new Uint32Array(16);
    this.#ranks = new Uint32Array(16);
  }

  static of({ size, count, payloads, values, marks, places }: PortableFixedTable): FixedTable {
    const table = new FixedTable(size);
    table.#count = count;
    table.#payloads = payloads;
    table.#values = values;
    table.#ranks = new Uint32Array(0);
    table.#marks = marks;
    table.#places = places;
    return table;
  }

  /** From here on this table and those that are made of what it returns share their memory. Nothing can be added. */
  share(): PortableFixedTable {
    this.#payloads = sharedBytes(this.#payloads);
    this.#values = sharedWords(this.#values);
    this.#marks = sharedBytes(this.#marks);
    this.#places = sharedWords(this.#places);
    const [payloads, values, marks, places] = [this.#payloads, this.#values, this.#marks, this.#places];
    return { size: this.size, count: this.#count, payloads, values, marks, places };
  }

  get count(): number {
    return this.#count;
  }

  get bytes(): number {
    return (
      this.#payloads.byteLength +
      this.#values.byteLength +
      this.#ranks.byteLength +
      this.#marks.byteLength +
      this.#places.byteLength
    );
  }

  /** Place of the payload at `bytes[at…]`; -1 where it is not there. */
  find(bytes: Uint8Array, at: number): number {
    const hash = hashOf(bytes, at);
    const mark = markOf(hash);
    const slots = this.#marks.length;
    for (let slot = slotOf(hash, slots); ; slot = slot + 1 === slots ? 0 : slot + 1) {
      const found = this.#marks[slot];
      if (found === 0) return NONE;
      if (found !== mark) continue;
      const place = this.#places[slot] ?? 0;
      if (this.#isAt(place, bytes, at)) return place;
    }
  }

  valueAt(place: number): number {
    return this.#values[place] ?? 0;
  }

  rankAt(place: number): number {
    return this.#ranks[place] ?? 0;
  }

  replace(place: number, value: number, rank: number): void {
    this.#values[place] = value;
    this.#ranks[place] = rank;
  }

  /** Adds a payload that is not there yet. */
  add(payload: Uint8Array, value: number, rank: number): void {
    if (this.#count === this.#values.length) this.#resize(Math.ceil(this.#count * 1.5));
    const place = this.#count;
    this.#count += 1;
    this.#payloads.set(payload, place * this.size);
    this.replace(place, value, rank);
    if (this.#marks.length < this.#count * SLOTS_PER_ENTRY) this.#index(Math.ceil(this.#count * SLOTS_PER_ENTRY * 1.5));
    else this.#occupy(place);
  }

  /** Gives back what growing took in advance; from then on nothing can be added. */
  trim(): void {
    this.#resize(this.#count);
    this.#ranks = new Uint32Array(0);
    this.#index(Math.max(4, Math.ceil(this.#count * SLOTS_PER_ENTRY)));
  }

  #resize(entries: number): void {
    const payloads = new Uint8Array(entries * this.size);
    payloads.set(this.#payloads.subarray(0, this.#count * this.size));
    const values = new Uint32Array(entries);
    values.set(this.#values.subarray(0, this.#count));
    this.#payloads = payloads;
    this.#values = values;
    const ranks = new Uint32Array(entries);
    ranks.set(this.#ranks.subarray(0, this.#count));
    this.#ranks = ranks;
  }

  #index(slots: number): void {
    this.#marks = new Uint8Array(slots);
    this.#places = new Uint32Array(slots);
    for (let place = 0; place < this.#count; place += 1) this.#occupy(place);
  }

  #occupy(place: number): void {
    const hash = hashOf(this.#payloads, place * this.size);
    const slots = this.#marks.length;
    let slot = slotOf(hash, slots);
    while (this.#marks[slot] !== 0) slot = slot + 1 === slots ? 0 : slot + 1;
    this.#marks[slot] = markOf(hash);
    this.#places[slot] = place;
  }

  #isAt(place: number, bytes: Uint8Array, at: number): boolean {
    const start = place * this.size;
    for (let index = 0; index < this.size; index += 1) {
      if (this.#payloads[start + index] !== bytes[at + index]) return false;
    }
    return true;
  }
}

/** Payloads are hashes or keys, so twelve of their bytes are as good as all; vanity addresses differ in the last. */
function hashOf(bytes: Uint8Array, at: number): number {
  const first = wordAt(bytes, at + 4);
  const second = wordAt(bytes, at + 10);
  const third = wordAt(bytes, at + 16);
  const mixed = Math.imul(first ^ Math.imul(second, 0x9e3779b1) ^ Math.imul(third, 0x85ebca6b), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
}

/** 1 to 255, of the bits that decide least about the slot. */
function markOf(hash: number): number {
  return hash & 0xff || 1;
}

/** The upper part of the product: no division, any number of slots. */
function slotOf(hash: number, slots: number): number {
  return Math.floor((hash * slots) / 0x1_0000_0000);
}
