import type { Txid } from "../hashes.ts";

/** A transaction id is eight 32-bit words, in the order in which people read it. */
const WORDS = 8;
const HEX_DIGITS_OF_WORD = 8;

/** At least so many places for each slot that there is room for, so that few ids have to stand elsewhere. */
const PLACES_OF_SLOT = 1.5;

/** By this at least: less would mean copying all the time, more is memory that is not used yet. */
const GROWTH = 1.25;

const NIBBLES = new Uint8Array(128);
for (let value = 0; value < 16; value += 1) NIBBLES[value.toString(16).charCodeAt(0)] = value;

/**
 * Transaction ids → small numbers ("slots") that index columns of numbers, and back. About 50 bytes an id, no object: a
 * mempool of 150,000 transactions must not become as many strings that live long.
 * Open addressing with linear probing; ids are hashes already, so one of their words is the hash.
 */
export class TxidTable {
  #words = new Uint32Array(1_024 * WORDS);
  /** Slot + 1, or 0 for none. */
  #places = new Int32Array(2_048);
  #free: number[] = [];
  /** Slots from here on were never used. */
  #end = 0;
  readonly #asked = new Uint32Array(WORDS);

  get size(): number {
    return this.#end - this.#free.length;
  }

  /** How many slots there is room for now; columns need as many rows. */
  get capacity(): number {
    return this.#words.length / WORDS;
  }

  /** Makes room for so many ids, so that the table need not grow on the way. */
  reserve(slots: number): void {
    if (slots <= this.capacity) return;
    const rows = Math.max(slots, Math.ceil(this.capacity * GROWTH));
    const words = new Uint32Array(rows * WORDS);
    words.set(this.#words);
    this.#words = words;
    while (this.#places.length < rows * PLACES_OF_SLOT) this.#spread();
  }

  find(txid: Txid): number | undefined {
    this.#ask(txid);
    const slot = this.#at(this.#findPlace()) - 1;
    return slot === -1 ? undefined : slot;
  }

  /** The id's slot, a new one where it has none yet. */
  insert(txid: Txid): number {
    this.#ask(txid);
    const place = this.#findPlace();
    const found = this.#at(place);
    if (found !== 0) return found - 1;
    const slot = this.#free.pop() ?? this.#end;
    if (slot === this.#end) this.#end += 1;
    if (slot >= this.capacity) this.reserve(this.capacity + 1);
    this.#words.set(this.#asked, slot * WORDS);
    this.#places[this.#findPlace()] = slot + 1;
    return slot;
  }

  /** Frees the slot: another id may get it. */
  remove(slot: number): void {
    this.#asked.set(this.#words.subarray(slot * WORDS, slot * WORDS + WORDS));
    const place = this.#findPlace();
    if (this.#at(place) !== slot + 1) return;
    this.#close(place);
    this.#free.push(slot);
  }

  /** Calls back with the slot of each id. */
  forEach(visit: (slot: number) => void): void {
    for (const found of this.#places) if (found !== 0) visit(found - 1);
  }

  txidAt(slot: number): Txid {
    let text = "";
    for (let word = 0; word < WORDS; word += 1) {
      text += (this.#words[slot * WORDS + word] ?? 0).toString(16).padStart(HEX_DIGITS_OF_WORD, "0");
    }
    return text as Txid;
  }

  /** Writes the id in internal byte order, 32 bytes from the offset on. */
  writeAt(slot: number, target: DataView, offset: number): void {
    for (let word = 0; word < WORDS; word += 1) {
      target.setUint32(offset + (WORDS - 1 - word) * 4, this.#words[slot * WORDS + word] ?? 0, true);
    }
  }

  /** Order of the ids themselves, whatever slots they got: below 0 where the first comes first. */
  compare(slot: number, other: number): number {
    for (let word = 0; word < WORDS; word += 1) {
      const difference = (this.#words[slot * WORDS + word] ?? 0) - (this.#words[other * WORDS + word] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  #at(place: number): number {
    return this.#places[place] ?? 0;
  }

  #ask(txid: Txid): void {
    for (let word = 0; word < WORDS; word += 1) {
      let value = 0;
      for (let digit = 0; digit < HEX_DIGITS_OF_WORD; digit += 1) {
        value = (value << 4) | (NIBBLES[txid.charCodeAt(word * HEX_DIGITS_OF_WORD + digit)] ?? 0);
      }
      this.#asked[word] = value;
    }
  }

  /** Where the id asked for stands, or the empty place where it would. */
  #findPlace(): number {
    const mask = this.#places.length - 1;
    let place = (this.#asked[0] ?? 0) & mask;
    while (this.#at(place) !== 0 && !this.#isAsked(this.#at(place) - 1)) place = (place + 1) & mask;
    return place;
  }

  #isAsked(slot: number): boolean {
    for (let word = 0; word < WORDS; word += 1) {
      if (this.#words[slot * WORDS + word] !== this.#asked[word]) return false;
    }
    return true;
  }

  /** Empties a place; those that stand behind it only because it was taken move up. */
  #close(place: number): void {
    const mask = this.#places.length - 1;
    let hole = place;
    for (let next = (place + 1) & mask; this.#at(next) !== 0; next = (next + 1) & mask) {
      const home = (this.#words[(this.#at(next) - 1) * WORDS] ?? 0) & mask;
      if (((next - home) & mask) < ((next - hole) & mask)) continue;
      this.#places[hole] = this.#at(next);
      hole = next;
    }
    this.#places[hole] = 0;
  }

  #spread(): void {
    const old = this.#places;
    this.#places = new Int32Array(old.length * 2);
    const mask = this.#places.length - 1;
    for (const found of old) {
      if (found === 0) continue;
      let place = (this.#words[(found - 1) * WORDS] ?? 0) & mask;
      while (this.#at(place) !== 0) place = (place + 1) & mask;
      this.#places[place] = found;
    }
  }
}
