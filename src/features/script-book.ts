import { SCRIPT_TYPES } from "#bitcoin";
import type { LabelLookup } from "./label-lookup.ts";

/** What is not kept apart: an OP_RETURN output pays nobody. */
export const NO_SCRIPT = -1;

const OP_RETURN = SCRIPT_TYPES.indexOf("op_return");

/** Whether a script is one that somebody watches. */
export type ScriptWatch = (bytes: Uint8Array, start: number, end: number) => boolean;

type Sources = { readonly block: Uint8Array; readonly spent: Uint8Array };
type Who = { readonly labels: LabelLookup; readonly isWatched: ScriptWatch | undefined };

/**
 * Every script of a block once, under a number, with its owner: who gets change, who is paid twice and whose coins
 * move is then a matter of comparing numbers. Columns, no object a script.
 */
export class ScriptBook {
  /** Of the script that was entered last: whether the block had it before. */
  wasKnown = false;
  /** Whether any script is watched. */
  hasWatched = false;
  #count = 0;
  #slots: Int32Array;
  #columns: Columns;
  readonly #sources: Sources;
  readonly #who: Who;

  constructor(sources: Sources, who: Who) {
    this.#sources = sources;
    this.#who = who;
    // About one script in 64 bytes of block and spent outputs, and room to spare.
    const capacity = 2 ** Math.ceil(Math.log2(64 + (sources.block.length + sources.spent.length) / 64));
    this.#slots = new Int32Array(capacity * 2);
    this.#columns = emptyColumns(capacity);
  }

  /** Enters a script of the block; `typeIndex` is its place in SCRIPT_TYPES. */
  enterOutput(start: number, end: number, typeIndex: number): number {
    return this.#enter({ fromBlock: true, start, end, typeIndex });
  }

  /** Enters a script of the spent outputs. */
  enterSpent(start: number, end: number, typeIndex: number): number {
    return this.#enter({ fromBlock: false, start, end, typeIndex });
  }

  /** Index of the owner in the lookup's entities; -1 where nobody is known. */
  ownerOf(script: number): number {
    return script === NO_SCRIPT ? -1 : (this.#columns.owner[script] ?? -1);
  }

  isWatched(script: number): boolean {
    return script !== NO_SCRIPT && this.#columns.watched[script] === 1;
  }

  /** The last transaction that spent a coin of this script; -1 where none did. */
  lastSpentIn(script: number): number {
    return script === NO_SCRIPT ? -1 : (this.#columns.spentIn[script] ?? 0) - 1;
  }

  markSpent(script: number, txIndex: number): void {
    if (script !== NO_SCRIPT) this.#columns.spentIn[script] = txIndex + 1;
  }

  #enter(place: Place): number {
    this.wasKnown = false;
    if (place.typeIndex === OP_RETURN) return NO_SCRIPT;
    const bytes = place.fromBlock ? this.#sources.block : this.#sources.spent;
    const hash = hashOf(bytes, place.start, place.end);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let entry = this.#slots[slot] ?? 0; entry !== 0; entry = this.#slots[slot] ?? 0) {
      if (this.#columns.hash[entry - 1] === hash && this.#equals(entry - 1, bytes, place)) {
        this.wasKnown = true;
        return entry - 1;
      }
      slot = (slot + 1) & mask;
    }
    return this.#add(slot, hash, bytes, place);
  }

  #add(slot: number, hash: number, bytes: Uint8Array, { fromBlock, start, end }: Place): number {
    const script = this.#count;
    this.#count += 1;
    this.#slots[slot] = script + 1;
    const { columns, labels, isWatched } = { columns: this.#columns, ...this.#who };
    columns.hash[script] = hash;
    columns.start[script] = fromBlock ? start : -1 - start;
    columns.length[script] = end - start;
    columns.owner[script] = labels.entityOf(bytes, start, end);
    if (isWatched?.(bytes, start, end) === true) {
      columns.watched[script] = 1;
      this.hasWatched = true;
    }
    if (this.#count === columns.hash.length) this.#grow();
    return script;
  }

  #equals(script: number, bytes: Uint8Array, { start, end }: Place): boolean {
    const { start: starts, length } = this.#columns;
    if (length[script] !== end - start) return false;
    const place = starts[script] ?? 0;
    const [known, from] = place >= 0 ? [this.#sources.block, place] : [this.#sources.spent, -1 - place];
    for (let offset = 0; offset < end - start; offset += 1) {
      if (known[from + offset] !== bytes[start + offset]) return false;
    }
    return true;
  }

  #grow(): void {
    const columns = emptyColumns(this.#columns.hash.length * 2);
    for (const name of COLUMN_NAMES) columns[name].set(this.#columns[name]);
    this.#columns = columns;
    this.#slots = new Int32Array(columns.hash.length * 2);
    const mask = this.#slots.length - 1;
    for (let script = 0; script < this.#count; script += 1) {
      let slot = (columns.hash[script] ?? 0) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = script + 1;
    }
  }
}

type Place = {
  readonly fromBlock: boolean;
  readonly start: number;
  readonly end: number;
  readonly typeIndex: number;
};

const COLUMN_NAMES = ["hash", "start", "length", "owner", "spentIn", "watched"] as const;

type Columns = Record<(typeof COLUMN_NAMES)[number], Int32Array | Uint8Array>;

function emptyColumns(capacity: number): Columns {
  return {
    hash: new Int32Array(capacity),
    /** In the block, or -1 minus the place in the spent outputs. */
    start: new Int32Array(capacity),
    length: new Int32Array(capacity),
    owner: new Int32Array(capacity),
    /** One more than the transaction's index. */
    spentIn: new Int32Array(capacity),
    watched: new Uint8Array(capacity),
  };
}

/** 32 bits over all bytes, four at a time. Source: the mixing of MurmurHash3. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  let offset = start;
  for (; offset + 4 <= end; offset += 4) {
    const word =
      (bytes[offset] ?? 0) |
      ((bytes[offset + 1] ?? 0) << 8) |
      ((bytes[offset + 2] ?? 0) << 16) |
      ((bytes[offset + 3] ?? 0) << 24);
    hash = mix(hash, word);
  }
  for (; offset < end; offset += 1) hash = mix(hash, bytes[offset] ?? 0);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

function mix(hash: number, word: number): number {
  const mixed = Math.imul(word, 0xcc9e2d51);
  const turned = hash ^ Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
  return (Math.imul((turned << 13) | (turned >>> 19), 5) + 0xe6546b64) | 0;
}
