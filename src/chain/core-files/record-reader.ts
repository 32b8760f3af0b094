import { readSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { AppError, codeOf, messageOf } from "#lib";
import { type FileKind, fileName } from "./block-folder.ts";
import { unmask, type XorKey } from "./xor-key.ts";

export type Place = { readonly file: number; readonly offset: number; readonly size: number };

/** Files of a kind held open at once. */
const OPEN_FILES = 8;

/** A read that takes so long came from the disk; after so many of them none is waited for. */
const SLOW_READ_MS = 1;
const PATIENCE = 20;

/** What a quick read gives back of it: on a busy machine some take long that came from memory. */
const PATIENCE_REGAINED = 0.1;

const PART_SIZE = 262_144;

/** Places that are no further apart are read together. */
const GAP = 32_768;

/** Reads together are no longer than this, if one place is not. */
const LONGEST_READ = 8_388_608;

/** Reads a node's block and undo files and takes off their key. */
export class RecordReader {
  readonly folder: string;
  readonly key: XorKey;
  readonly #handles: Readonly<Record<FileKind, Map<number, Promise<FileHandle>>>> = { blk: new Map(), rev: new Map() };
  #patience = PATIENCE;
  #closed = false;

  constructor(folder: string, key: XorKey) {
    this.folder = folder;
    this.key = key;
  }

  pathOf(kind: FileKind, file: number): string {
    return join(this.folder, fileName(kind, file));
  }

  async sizeOf(kind: FileKind, file: number): Promise<number> {
    return this.#guard(kind, file, async (handle) => (await handle.stat()).size);
  }

  /**
   * The bytes of a place; shorter where the file ends. Memory of its own, which nothing writes to afterwards, if none
   * is given that it fits into. What the system has in memory is
   * there at once, and asking for it without waiting costs more than it takes: so this waits for the disk itself, and
   * no longer does where the disk turns out to be slow.
   */
  async read(kind: FileKind, { file, offset, size }: Place, memory = EMPTY): Promise<Uint8Array> {
    return this.#guard(kind, file, async (handle) => {
      const bytes =
        memory.length < size ? new Uint8Array(Buffer.allocUnsafeSlow(size).buffer) : memory.subarray(0, size);
      let length = 0;
      while (length < size) {
        // The key is taken off part by part, while the part is in the processor's cache.
        const part = bytes.subarray(length, length + PART_SIZE);
        const found = await this.#readPart(handle, part, offset + length);
        unmask(part.subarray(0, found), offset + length, this.key);
        length += found;
        if (found < part.length) break;
      }
      return bytes.subarray(0, length);
    });
  }

  #readPart(handle: FileHandle, part: Uint8Array, offset: number): number | Promise<number> {
    if (this.#patience <= 0) return fill(handle, part, offset);
    const started = performance.now();
    const length = fillAtOnce(handle, part, offset);
    const slow = performance.now() - started > SLOW_READ_MS;
    this.#patience = Math.min(PATIENCE, this.#patience + (slow ? -1 : PATIENCE_REGAINED));
    return length;
  }

  /**
   * The bytes of each place, in the order asked, neighbours in one read: views of its memory, which stay as they are.
   */
  async readAll(kind: FileKind, places: readonly Place[]): Promise<Uint8Array[]> {
    const found = places.map((): Uint8Array => EMPTY);
    for (const run of joinNeighbours(places)) {
      const bytes = await this.read(kind, run);
      for (const index of run.indexes) {
        const place = places[index];
        if (place === undefined) continue;
        const start = place.offset - run.offset;
        found[index] = bytes.subarray(start, start + place.size);
      }
    }
    return found;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const open of [this.#handles.blk, this.#handles.rev]) {
      const handles = [...open.values()];
      open.clear();
      for (const handle of handles) await closeQuietly(handle);
    }
  }

  /** Forgets a file, e.g. because it was deleted. */
  async forget(kind: FileKind, file: number): Promise<void> {
    const handle = this.#handles[kind].get(file);
    this.#handles[kind].delete(file);
    if (handle !== undefined) await closeQuietly(handle);
  }

  async #guard<Result>(kind: FileKind, file: number, use: (handle: FileHandle) => Promise<Result>): Promise<Result> {
    try {
      return await use(await this.#open(kind, file));
    } catch (error) {
      await this.forget(kind, file);
      const path = this.pathOf(kind, file);
      const reason = codeOf(error) === "ENOENT" ? "it does not exist (any more)" : messageOf(error);
      // A disk may come back, and what pruning deleted is noticed by the next look at the folder.
      const options = { cause: error, details: { file: path }, retryable: true };
      throw new AppError("CHAIN_FILE_UNREADABLE", `cannot read ${path}: ${reason}`, options);
    }
  }

  async #open(kind: FileKind, file: number): Promise<FileHandle> {
    // Reads that were under way go on for a moment.
    if (this.#closed) throw new Error("the files are closed");
    const handles = this.#handles[kind];
    const known = handles.get(file);
    const handle = known ?? open(this.pathOf(kind, file), "r");
    handles.delete(file);
    handles.set(file, handle);
    if (handles.size > OPEN_FILES) await closeOldest(handles);
    return handle;
  }
}

async function closeOldest(handles: Map<number, Promise<FileHandle>>): Promise<void> {
  const [oldest] = handles;
  if (oldest === undefined) return;
  handles.delete(oldest[0]);
  await closeQuietly(oldest[1]);
}

const EMPTY = new Uint8Array(0);

async function fill(handle: FileHandle, bytes: Uint8Array, offset: number): Promise<number> {
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, offset + length);
    if (bytesRead === 0) return length;
    length += bytesRead;
  }
  return length;
}

function fillAtOnce({ fd }: FileHandle, bytes: Uint8Array, offset: number): number {
  let length = 0;
  while (length < bytes.length) {
    const bytesRead = readSync(fd, bytes, length, bytes.length - length, offset + length);
    if (bytesRead === 0) return length;
    length += bytesRead;
  }
  return length;
}

async function closeQuietly(handle: Promise<FileHandle>): Promise<void> {
  try {
    await (await handle).close();
  } catch {
    // It could not be opened, or is closed: nothing was written that could be lost.
  }
}

type Run = Place & { readonly indexes: readonly number[] };

function joinNeighbours(places: readonly Place[]): Run[] {
  const order = places.map((place, index) => ({ ...place, index }));
  order.sort((left, right) => left.file - right.file || left.offset - right.offset);
  const runs: { file: number; offset: number; size: number; indexes: number[] }[] = [];
  for (const { file, offset, size, index } of order) {
    const run = runs.at(-1);
    const joined = run === undefined ? 0 : Math.max(run.offset + run.size, offset + size) - run.offset;
    if (run?.file === file && offset - run.offset - run.size <= GAP && joined <= LONGEST_READ) {
      run.size = joined;
      run.indexes.push(index);
    } else {
      runs.push({ file, offset, size, indexes: [index] });
    }
  }
  return runs;
}
