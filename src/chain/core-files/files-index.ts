import {
  type BlockHash,
  CompressedKeys,
  displayHex,
  hash256,
  HEADER_SIZE,
  meetsProofOfWork,
  type Network,
  parseHeader,
} from "#bitcoin";
import { sha256 } from "#lib";
import { type FileKind, listFiles } from "./block-folder.ts";
import { BlockTable, NO_UNDO_NEEDED, NONE } from "./block-table.ts";
import { linkBlocks } from "./link-blocks.ts";
import { readCompactSize } from "./read-compact-size.ts";
import type { RecordReader } from "./record-reader.ts";
import { damaged, type FoundRecord, type FoundRecords, RECORD_HEADER_SIZE, scanRecords } from "./scan-records.ts";
import { UndoTable } from "./undo-table.ts";

/** What the files hold, as far as they were looked at. */
export type FilesIndex = {
  readonly reader: RecordReader;
  readonly network: Network;
  readonly blocks: BlockTable;
  readonly undos: UndoTable;
  /** Where the next record of each file begins. */
  readonly ends: Readonly<Record<FileKind, Map<number, number>>>;
  /** What the coinbase of a block that hangs on nothing says of its height. */
  readonly heights: Map<number, number | undefined>;
  /** Files that were there and are deleted. */
  readonly gone: Set<number>;
  /** Blocks whose parent is not there, by its hash. */
  readonly waiting: Map<BlockHash, number[]>;
  /** Further files that hold a block twice, e.g. because the node crashed and fetched it again. */
  readonly furtherFiles: Map<number, number[]>;
  /** Those of the undos that were decoded. */
  readonly keys: CompressedKeys;
};

/** Files that are looked at side by side. */
const FILES_AT_ONCE = 8;

/** A node writes to its newest files alone. */
const FILES_WRITTEN_TO = 16;

/** Headers hashed in one go, so that nothing else has to wait long. */
const HEADERS_AT_ONCE = 2_000;

export function emptyIndex(reader: RecordReader, network: Network): FilesIndex {
  return {
    reader,
    network,
    blocks: new BlockTable(),
    undos: new UndoTable(),
    ends: { blk: new Map(), rev: new Map() },
    heights: new Map(),
    gone: new Set(),
    waiting: new Map(),
    furtherFiles: new Map(),
    keys: new CompressedKeys(),
  };
}

/** Takes in what is new in the files. Returns whether anything was. */
export async function refreshIndex(index: FilesIndex): Promise<boolean> {
  const known = index.blocks.count + index.undos.count + index.gone.size;
  const kinds: readonly FileKind[] = ["blk", "rev"];
  for (const kind of kinds) {
    const files = await listFiles(index.reader.folder, kind);
    if (kind === "blk") await dropDeleted(index, files);
    const newest = files.at(-1) ?? 0;
    const due = files.filter((file) => !index.ends[kind].has(file) || file > newest - FILES_WRITTEN_TO);
    await scanFiles(index, kind, due);
  }
  const changed = index.blocks.count + index.undos.count + index.gone.size !== known;
  if (changed) linkBlocks(index.blocks);
  return changed;
}

async function dropDeleted({ reader, ends, gone }: FilesIndex, files: readonly number[]): Promise<void> {
  const there = new Set(files);
  for (const file of ends.blk.keys()) {
    if (there.has(file) || gone.has(file)) continue;
    gone.add(file);
    await reader.forget("blk", file);
    await reader.forget("rev", file);
  }
}

async function scanFiles(index: FilesIndex, kind: FileKind, files: readonly number[]): Promise<void> {
  for (let first = 0; first < files.length; first += FILES_AT_ONCE) {
    const some = files.slice(first, first + FILES_AT_ONCE);
    const { reader, network, ends } = index;
    const found = await Promise.all(
      some.map((file) => scanRecords(reader, { kind, file, from: ends[kind].get(file) ?? 0, network })),
    );
    for (const [position, file] of some.entries()) {
      const records = found[position];
      if (records === undefined) continue;
      if (kind === "blk") await addBlocks(index, file, records);
      else addUndos(index, file, records);
    }
  }
}

async function addBlocks(index: FilesIndex, file: number, { records, end }: FoundRecords): Promise<void> {
  for (const [position, record] of records.entries()) {
    if (addBlock(index, file, record)) {
      if (position % HEADERS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
      continue;
    }
    // The node may have reserved the place of the last one and not written it yet.
    if (record !== records.at(-1)) {
      throw damaged(index.reader.pathOf("blk", file), record.offset, "a header without proof of work");
    }
    index.ends.blk.set(file, record.offset - RECORD_HEADER_SIZE);
    return;
  }
  index.ends.blk.set(file, end);
}

/** Returns whether the header has its proof of work. */
function addBlock(index: FilesIndex, file: number, { prefix, offset, size }: FoundRecord): boolean {
  const { blocks, network } = index;
  const header = prefix.subarray(0, HEADER_SIZE);
  const hash = hash256(header, sha256);
  const { time, bits } = parseHeader(header);
  const name = displayHex(hash) as BlockHash;
  if (!meetsProofOfWork(name, bits, network.powLimitBits)) return false;
  const transactions = readCompactSize(prefix, HEADER_SIZE);
  const block = blocks.add({ hash, bits, time, file, offset, size, transactions });
  if (block === NONE) {
    addFurtherFile(index, blocks.find(hash), file);
    return true;
  }
  if (isFirst(network, name, header)) blocks.undos[block] = NO_UNDO_NEEDED;
  adopt(index, block, header.subarray(4, 36));
  for (const child of index.waiting.get(name) ?? []) blocks.parents[child] = block;
  index.waiting.delete(name);
  return true;
}

/** Block 0 of a simulated chain has another hash with every seed; what is known of it is that nothing is below it. */
function isFirst({ genesisHash, simulated }: Network, hash: BlockHash, header: Uint8Array): boolean {
  return simulated ? header.subarray(4, 36).every((byte) => byte === 0) : hash === genesisHash;
}

function addFurtherFile({ furtherFiles, blocks }: FilesIndex, block: number, file: number): void {
  const files = furtherFiles.get(block) ?? [];
  if (blocks.files[block] !== file && !files.includes(file)) furtherFiles.set(block, [...files, file]);
}

function adopt({ blocks, waiting }: FilesIndex, block: number, parentHash: Uint8Array): void {
  const parent = blocks.find(parentHash);
  if (parent !== NONE) {
    blocks.parents[block] = parent;
    return;
  }
  const name = displayHex(parentHash) as BlockHash;
  const siblings = waiting.get(name);
  if (siblings === undefined) waiting.set(name, [block]);
  else siblings.push(block);
}

function addUndos({ undos, ends }: FilesIndex, file: number, { records, end }: FoundRecords): void {
  for (const { offset, size, prefix } of records) {
    undos.add({ file, offset, size, transactions: readCompactSize(prefix, 0) + 1 });
  }
  ends.rev.set(file, end);
}
