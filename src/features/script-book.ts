import { SCRIPT_TYPES } from "#bitcoin";
import type { LabelLookup } from "./label-lookup.ts";
import type { ScriptColumns } from "./script-columns.ts";

/** What is not kept apart: an OP_RETURN output pays nobody. */
export const NO_SCRIPT = -1;

const OP_RETURN = SCRIPT_TYPES.indexOf("op_return");

/** Whether a script is one that somebody watches. */
export type ScriptWatch = (bytes: Uint8Array, start: number, end: number) => boolean;

type Sources = {
  readonly block: Uint8Array;
  readonly spent: Uint8Array;
  /**
   * Whoever makes a block must not know how its scripts are hashed, or could make all of them meet in one slot. Anything
   * that follows from the block's contents does.
   */
  readonly seed: number;
};
type Who = { readonly labels: LabelLookup; readonly isWatched: ScriptWatch | undefined };

/**
 * Every script of a block once, under a number, with its owner: who gets change, who is paid twice and whose coins
 * move is then a matter of comparing numbers. Columns, no object a script.
 */
export class ScriptBook {
  /** Of the script that was entered last: whether the block had it before. */
  wasKnown = false;
  readonly #columns: ScriptColumns;
  readonly #block: Buffer;
  readonly #spent: Buffer;
  readonly #who: Who;
  /** Odd, so that no two words have the same product. */
  readonly #factor: number;

  constructor({ block, spent, seed }: Sources, who: Who, columns: ScriptColumns) {
    this.#factor = seed | 1;
    this.#columns = columns;
    this.#block = bufferOf(block);
    this.#spent = bufferOf(spent);
    this.#who = who;
  }

  /** Enters a script of the block; `typeIndex` is its place in SCRIPT_TYPES. */
  enterOutput(start: number, end: number, typeIndex: number): number {
    this.wasKnown = false;
    return typeIndex === OP_RETURN ? NO_SCRIPT : this.#enter(this.#block, start, end);
  }

  /** Enters a script of the spent outputs. */
  enterSpent(start: number, end: number, typeIndex: number): number {
    this.wasKnown = false;
    return typeIndex === OP_RETURN ? NO_SCRIPT : this.#enter(this.#spent, start, end);
  }

  /** Index of the owner in the lookup's entities; -1 where nobody is known. */
  ownerOf(script: number): number {
    return script === NO_SCRIPT ? -1 : (this.#columns.owner[script] ?? -1);
  }

  /** 0…1: how sure it is that the owner is the one; `undefined` where that is not known. */
  certaintyOf(script: number): number | undefined {
    const more = script === NO_SCRIPT ? 0 : (this.#columns.certainty[script] ?? 0);
    return more === 0 ? undefined : (more - 1) / 100;
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

  /** Notes satoshis that the block pays to the script and that are not change. */
  notePaid(script: number, value: number): void {
    if (script !== NO_SCRIPT) this.#columns.paid[script] = (this.#columns.paid[script] ?? 0) + value;
  }

  /** How much of a coin that the block made and spends again was paid to its script before, and so is moved once more. */
  takePaid(script: number, value: number): number {
    if (script === NO_SCRIPT) return 0;
    const taken = Math.min(value, this.#columns.paid[script] ?? 0);
    this.#columns.paid[script] = (this.#columns.paid[script] ?? 0) - taken;
    return taken;
  }

  #enter(buffer: Buffer, start: number, end: number): number {
    const hash = hashOf(buffer, start, end, this.#factor);
    const { slots, count: script } = this.#columns;
    const mask = slots.length / 2 - 1;
    let slot = hash & mask;
    for (let entry = slots[slot * 2 + 1] ?? 0; entry !== 0; entry = slots[slot * 2 + 1] ?? 0) {
      if (slots[slot * 2] === hash && this.#equals(entry - 1, buffer.bytes, { start, end })) {
        this.wasKnown = true;
        return entry - 1;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot * 2] = hash;
    slots[slot * 2 + 1] = script + 1;
    this.#columns.hash[script] = hash;
    this.#describe(script, buffer, start, end);
    return script;
  }

  #describe(script: number, buffer: Buffer, start: number, end: number): void {
    const columns = this.#columns;
    const { labels, isWatched } = this.#who;
    columns.count = script + 1;
    columns.start[script] = buffer === this.#block ? start : -1 - start;
    columns.length[script] = end - start;
    const owner = labels.entityOf(buffer.bytes, start, end);
    const certainty = owner === -1 ? undefined : labels.certaintyOf?.(buffer.bytes, start, end);
    columns.owner[script] = owner;
    columns.certainty[script] = certainty === undefined ? 0 : Math.round(certainty * 100) + 1;
    if (isWatched?.(buffer.bytes, start, end) === true) columns.watched[script] = 1;
    if (columns.count === columns.hash.length) columns.grow();
  }

  #equals(script: number, bytes: Uint8Array, { start, end }: { start: number; end: number }): boolean {
    if (this.#columns.length[script] !== end - start) return false;
    const place = this.#columns.start[script] ?? 0;
    const known = place >= 0 ? this.#block.bytes : this.#spent.bytes;
    const distance = (place >= 0 ? place : -1 - place) - start;
    for (let offset = start; offset < end; offset += 1) {
      if (known[offset + distance] !== bytes[offset]) return false;
    }
    return true;
  }
}

type Buffer = { readonly bytes: Uint8Array; readonly view: DataView };

function bufferOf(bytes: Uint8Array): Buffer {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

/** 32 bits over all bytes, four at a time: multiplied by a factor that nobody knows beforehand, and mixed. */
function hashOf({ bytes, view }: Buffer, start: number, end: number, factor: number): number {
  let hash = Math.imul(end - start, factor);
  let offset = start;
  for (; offset + 4 <= end; offset += 4) hash = mix(hash, view.getInt32(offset, true), factor);
  for (; offset < end; offset += 1) hash = mix(hash, bytes[offset] ?? 0, factor);
  return hash;
}

function mix(hash: number, word: number, factor: number): number {
  const product = Math.imul(hash ^ word, factor);
  return product ^ (product >>> 15);
}
