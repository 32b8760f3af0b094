import { createHash } from "node:crypto";
import { sha256 } from "#lib";
import { NONE } from "./block-table.ts";
import type { FilesIndex } from "./files-index.ts";
import { countInputs, hasInputCounts } from "./input-counts.ts";
import type { Place } from "./record-reader.ts";
import { TRAILER_SIZE } from "./scan-records.ts";

/** A block in memory, to which its undo is wanted. */
export type LoadedBlock = { readonly block: number; readonly bytes: Uint8Array };

export type FoundUndo = { readonly undo: number; readonly bytes: Uint8Array };

/** Undo records of a file by the number of transactions. */
type Candidates = ReadonlyMap<number, readonly number[]>;

/** Files whose candidates are remembered. */
const FILES_REMEMBERED = 8;

/** Candidates that are read together where the likeliest one was not it. */
const CANDIDATES_AT_ONCE = 64;

/**
 * Finds the undo of a block by its checksum among the records of the same file number and the same count of
 * transactions. A node writes undos in the order of the chain, so the next such record is tried first.
 */
export class UndoFinder {
  readonly #index: FilesIndex;
  readonly #candidates = new Map<number, { readonly of: number; readonly found: Candidates }>();
  /** The record of each file that was found last. */
  readonly #latest = new Map<number, number>();

  constructor(index: FilesIndex) {
    this.#index = index;
  }

  /** The undo of each block, in the order of the blocks; `undefined` where there is none. */
  async findAll(loaded: readonly LoadedBlock[]): Promise<(FoundUndo | undefined)[]> {
    const guesses = this.#guessAll(loaded);
    const guessed = guesses.filter((undo) => undo !== NONE);
    const read = await this.#readUndos(guessed);
    const bytesOf = new Map(guessed.map((undo, position) => [undo, read[position]]));
    const found: (FoundUndo | undefined)[] = [];
    for (const [position, wanted] of loaded.entries()) {
      const undo = guesses[position] ?? NONE;
      const record = bytesOf.get(undo);
      found.push(
        record !== undefined && belongs(wanted, record) ? this.#take(wanted, undo, record) : await this.#search(wanted),
      );
    }
    return found;
  }

  /** The undo that was found for it is wanted again later. */
  release(block: number): void {
    const { blocks, undos } = this.#index;
    const undo = blocks.undos[block] ?? NONE;
    if (undo >= 0) undos.taken[undo] = 0;
    blocks.undos[block] = NONE;
  }

  #guessAll(loaded: readonly LoadedBlock[]): number[] {
    const { blocks } = this.#index;
    const latest = new Map(this.#latest);
    return loaded.map(({ block }) => {
      const known = blocks.undos[block] ?? NONE;
      const file = blocks.files[block] ?? 0;
      const guess = known >= 0 ? known : this.#firstCandidate(block, file, latest.get(file) ?? NONE);
      if (guess !== NONE) latest.set(file, guess);
      return guess;
    });
  }

  #firstCandidate(block: number, file: number, after: number): number {
    const { blocks, undos } = this.#index;
    const candidates = this.#candidatesOf(file).get(blocks.transactions[block] ?? 0) ?? [];
    for (let at = firstAbove(candidates, after); at < candidates.length; at += 1) {
      const undo = candidates[at] ?? NONE;
      if (undos.taken[undo] === 0) return undo;
    }
    return NONE;
  }

  async #search(wanted: LoadedBlock): Promise<FoundUndo | undefined> {
    const { blocks, furtherFiles } = this.#index;
    for (const file of [blocks.files[wanted.block] ?? 0, ...(furtherFiles.get(wanted.block) ?? [])]) {
      const found = await this.#searchFile(wanted, file);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async #searchFile(wanted: LoadedBlock, file: number): Promise<FoundUndo | undefined> {
    const { blocks, undos } = this.#index;
    const all = this.#candidatesOf(file).get(blocks.transactions[wanted.block] ?? 0) ?? [];
    const start = firstAbove(all, this.#latest.get(file) ?? NONE);
    const open = [...all.slice(start), ...all.slice(0, start)].filter((undo) => undos.taken[undo] === 0);
    if (open.length === 0) return undefined;
    const belongsTo = fastMatcher(wanted);
    for (let first = 0; first < open.length; first += CANDIDATES_AT_ONCE) {
      const some = open.slice(first, first + CANDIDATES_AT_ONCE);
      const read = await this.#readUndos(some);
      const position = read.findIndex((record) => belongsTo(record));
      const [undo, record] = [some[position], read[position]];
      if (undo !== undefined && record !== undefined) return this.#take(wanted, undo, record);
    }
    return undefined;
  }

  #take({ block }: LoadedBlock, undo: number, record: Uint8Array): FoundUndo {
    const { blocks, undos } = this.#index;
    blocks.undos[block] = undo;
    undos.taken[undo] = 1;
    this.#latest.set(undos.files[undo] ?? 0, undo);
    return { undo, bytes: record.subarray(0, record.length - TRAILER_SIZE.rev) };
  }

  #readUndos(undos: readonly number[]): Promise<Uint8Array[]> {
    const table = this.#index.undos;
    const places = undos.map((undo): Place => ({
      file: table.files[undo] ?? 0,
      offset: table.offsets[undo] ?? 0,
      size: (table.sizes[undo] ?? 0) + TRAILER_SIZE.rev,
    }));
    return this.#index.reader.readAll("rev", places);
  }

  #candidatesOf(file: number): Candidates {
    const known = this.#candidates.get(file);
    const ranges = this.#index.undos.rangesOf(file);
    const end = ranges.at(-1)?.end ?? 0;
    if (known?.of === end) return known.found;
    const found = new Map<number, number[]>();
    for (const range of ranges) {
      for (let undo = range.first; undo < range.end; undo += 1) {
        const transactions = this.#index.undos.transactions[undo] ?? 0;
        const same = found.get(transactions);
        if (same === undefined) found.set(transactions, [undo]);
        else same.push(undo);
      }
    }
    this.#candidates.delete(file);
    this.#candidates.set(file, { of: end, found });
    const [oldest] = this.#candidates.keys();
    if (this.#candidates.size > FILES_REMEMBERED && oldest !== undefined) this.#candidates.delete(oldest);
    return found;
  }
}

/** Where in the ascending numbers the first above `limit` stands. */
function firstAbove(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether the checksum after the undo is that of the undo below this block. */
function belongs({ bytes }: LoadedBlock, record: Uint8Array): boolean {
  return hasChecksum(record, checksumOf(bytes, record.subarray(0, record.length - TRAILER_SIZE.rev)));
}

/** Core `node/blockstorage.cpp`, `WriteBlockUndo`: the hash of the previous block, then the undo, hashed twice. */
function checksumOf(block: Uint8Array, undo: Uint8Array): Uint8Array {
  return sha256(createHash("sha256").update(block.subarray(4, 36)).update(undo).digest());
}

function hasChecksum(record: Uint8Array, checksum: Uint8Array): boolean {
  const start = record.length - TRAILER_SIZE.rev;
  return checksum.every((byte, index) => record[start + index] === byte);
}

const NOTHING_SPENT = Uint8Array.of(0);

/** Like `belongs`, for many records that are most likely not it: hashes only where the counts of inputs agree. */
function fastMatcher(wanted: LoadedBlock): (record: Uint8Array) => boolean {
  const counts = countInputs(wanted.bytes);
  // Thousands of early blocks spend nothing and differ in their checksum alone.
  if (counts.length === 0) {
    const checksum = checksumOf(wanted.bytes, NOTHING_SPENT);
    return (record) => record.length === 1 + TRAILER_SIZE.rev && record[0] === 0 && hasChecksum(record, checksum);
  }
  return (record) => hasInputCounts(record, counts) && belongs(wanted, record);
}
