import { type Network, NETWORKS } from "#bitcoin";
import { AppError } from "#lib";
import type { FileKind } from "./block-folder.ts";
import type { RecordReader } from "./record-reader.ts";

/** Magic and size. */
export const RECORD_HEADER_SIZE = 8;

/** What follows the data of a record: nothing after a block, a checksum after an undo. */
export const TRAILER_SIZE = { blk: 0, rev: 32 } as const satisfies Record<FileKind, number>;

/** The first bytes of a record's data that are of use: header and transaction count; transaction count. */
const PREFIX_SIZE = { blk: 89, rev: 9 } as const satisfies Record<FileKind, number>;

/** Data of a record. A block has a header and a count; the largest undo known has some megabytes. */
const SIZES = { blk: { min: 81, max: 4_000_000 }, rev: { min: 1, max: 0x2000_0000 } } as const;

/** Read at once where records are small; where they are large, only what is looked at. */
const WINDOW = { small: 65_536, large: 128 } as const;

/** Records from here on are stepped over one by one. */
const LARGE_RECORD = 8_192;

/** Steps after which others have their turn. */
const STEPS_AT_ONCE = 500;

export type FoundRecord = {
  /** Of the data in the file. */
  readonly offset: number;
  readonly size: number;
  readonly prefix: Uint8Array;
};

export type FoundRecords = {
  readonly records: readonly FoundRecord[];
  /** Where the next record will begin. */
  readonly end: number;
};

type Where = { readonly kind: FileKind; readonly file: number; readonly from: number; readonly network: Network };

/**
 * Steps from record to record. Ends where the file does, where only zeros follow (the node reserves space ahead) or
 * where a record is not complete: the node is writing it.
 */
export async function scanRecords(reader: RecordReader, where: Where): Promise<FoundRecords> {
  const { kind, file, network } = where;
  const fileSize = await reader.sizeOf(kind, file);
  const window = new Window(reader, where);
  const records: FoundRecord[] = [];
  let at = where.from;
  for (let steps = 1; at + RECORD_HEADER_SIZE <= fileSize; steps += 1) {
    if (steps % STEPS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
    const last = records.at(-1);
    if (!window.holds(at)) await window.moveTo(at, last === undefined || last.size < LARGE_RECORD ? "small" : "large");
    const header = window.bytesAt(at);
    if (header.length < RECORD_HEADER_SIZE || isUnwritten(header, at, reader.key)) break;
    if (magicOf(header) !== network.magic && !(await hasRecordAfter(reader, { ...where, from: at }, fileSize))) break;
    const size = checkedSize(reader, { ...where, from: at }, header);
    const next = at + RECORD_HEADER_SIZE + size + TRAILER_SIZE[kind];
    if (next > fileSize) break;
    const prefixSize = Math.min(size, PREFIX_SIZE[kind]);
    const prefix = header.slice(RECORD_HEADER_SIZE, RECORD_HEADER_SIZE + prefixSize);
    if (prefix.length < prefixSize) break;
    records.push({ offset: at + RECORD_HEADER_SIZE, size, prefix });
    at = next;
  }
  return { records, end: at };
}

/** The bytes from a place of a file on. */
class Window {
  readonly #reader: RecordReader;
  readonly #where: Where;
  readonly #needed: number;
  readonly #memory = new Uint8Array(WINDOW.small);
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;

  constructor(reader: RecordReader, where: Where) {
    this.#reader = reader;
    this.#where = where;
    this.#needed = RECORD_HEADER_SIZE + PREFIX_SIZE[where.kind];
  }

  /** Whether a record's header and prefix are there. */
  holds(at: number): boolean {
    return at >= this.#start && at + this.#needed <= this.#start + this.#bytes.length;
  }

  async moveTo(at: number, window: keyof typeof WINDOW): Promise<void> {
    const { kind, file } = this.#where;
    this.#bytes = await this.#reader.read(kind, { file, offset: at, size: WINDOW[window] }, this.#memory);
    this.#start = at;
  }

  /** Header and prefix, as far as the file has them; written over by the next move. */
  bytesAt(at: number): Uint8Array {
    return this.#bytes.subarray(at - this.#start, at - this.#start + this.#needed);
  }
}

function magicOf(header: Uint8Array): number {
  return readU32(header, 0);
}

function readU32(bytes: Uint8Array, at: number): number {
  const [low = 0, second = 0, third = 0, high = 0] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
  return (low | (second << 8) | (third << 16) | (high << 24)) >>> 0;
}

const SEARCH_BYTES = 1_048_576;

/**
 * Whether a record of any network begins further on. Where none does, what stands here was being written when the node
 * went down, and the node will write over it. Core's own reader looks for the next magic as well.
 */
async function hasRecordAfter(reader: RecordReader, { kind, file, from }: Where, fileSize: number): Promise<boolean> {
  for (let offset = from; offset + RECORD_HEADER_SIZE <= fileSize; offset += SEARCH_BYTES) {
    const bytes = await reader.read(kind, { file, offset, size: SEARCH_BYTES + RECORD_HEADER_SIZE });
    if (findMagic(bytes) !== -1) return true;
  }
  return false;
}

function findMagic(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + RECORD_HEADER_SIZE <= bytes.length; at += 1) {
    if (networkOfMagic(view.getUint32(at, true)) !== undefined) return at;
  }
  return -1;
}

/** Nothing but zeros after the place of a record's header. Reserved space is zeros as they are, with or without a key. */
function isUnwritten(bytes: Uint8Array, at: number, key: Uint8Array): boolean {
  const start = at + RECORD_HEADER_SIZE;
  const data = bytes.subarray(RECORD_HEADER_SIZE);
  return data.every((byte) => byte === 0) || data.every((byte, index) => byte === key[(start + index) % key.length]);
}

function checkedSize(reader: RecordReader, where: Where, header: Uint8Array): number {
  const { kind, file, from, network } = where;
  const magic = magicOf(header);
  const size = readU32(header, 4);
  if (magic === network.magic && size >= SIZES[kind].min && size <= SIZES[kind].max) return size;
  const path = reader.pathOf(kind, file);
  if (magic === network.magic) throw damaged(path, from, `a record of ${size} bytes`);
  const other = networkOfMagic(magic);
  if (other === undefined) throw damaged(path, from, "no record begins here");
  throw new AppError(
    "CHAIN_FILES_NETWORK",
    `${path} holds ${network.name} and, at byte ${from}, ${other.name}: one folder holds one network.`,
    { details: { file: path, offset: from } },
  );
}

const BY_MAGIC = new Map(Object.values(NETWORKS).map((network) => [network.magic, network]));

export function networkOfMagic(magic: number): Network | undefined {
  return BY_MAGIC.get(magic);
}

export function damaged(path: string, offset: number, what: string): AppError {
  return new AppError("CHAIN_FILES_DAMAGED", `${path}: ${what}, at byte ${offset}. The file is damaged.`, {
    details: { file: path, offset },
  });
}
