import { type FileHandle, mkdir, open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  displayHex,
  encodeUndo,
  hash256,
  type Network,
  scanBlock,
  type SpentOutputs,
  type Txid,
  txidOf,
} from "#bitcoin";
import { sha256 } from "#lib";
import { type FileKind, fileName } from "./block-folder.ts";
import { RECORD_HEADER_SIZE, TRAILER_SIZE } from "./scan-records.ts";
import { unmask, type XorKey } from "./xor-key.ts";

/** Core's `MAX_BLOCKFILE_SIZE`. */
const MAX_FILE_BYTES = 0x800_0000;

const TXID_SIZE = 32;
/** A transaction's id and the number of its output. */
const OUTPOINT_SIZE = TXID_SIZE + 4;

export type CoreFilesTarget = {
  /** Made where it is not there. */
  readonly folder: string;
  readonly network: Network;
  /** Only zeros: the files are written as they are. */
  readonly key: XorKey;
  /** A test passes less. */
  readonly maxFileBytes?: number;
};

/** Writes `blk`, `rev` and `xor.dat` files as a node does that connects these blocks one after the other. */
export class CoreFilesWriter {
  readonly #target: CoreFilesTarget;
  readonly #blk: RecordFile;
  readonly #rev: RecordFile;
  /** Of the coinbases of all blocks so far. */
  readonly #coinbases = new Set<Txid>();
  #file = -1;

  constructor(target: CoreFilesTarget) {
    this.#target = target;
    this.#blk = new RecordFile("blk", target);
    this.#rev = new RecordFile("rev", target);
  }

  /** A block on top of another one, with the heights of the coins that it spends. Block 0 has no undo. */
  async write({ height, bytes, spent }: { height: number; bytes: Uint8Array; spent: SpentOutputs }): Promise<void> {
    const { maxFileBytes = MAX_FILE_BYTES } = this.#target;
    const isFull = this.#blk.length + RECORD_HEADER_SIZE + bytes.length > maxFileBytes;
    if (this.#file < 0 || isFull) await this.#nextFile();
    const fromCoinbase = this.#findCoinbaseCoins(bytes);
    await this.#blk.write(bytes);
    if (height === 0) return;
    const undo = encodeUndo(spent, (coin) => fromCoinbase[coin] === true);
    await this.#rev.write(undo, hash256(Buffer.concat([bytes.subarray(4, 36), undo]), sha256));
  }

  async close(): Promise<void> {
    await this.#blk.close();
    await this.#rev.close();
  }

  async #nextFile(): Promise<void> {
    if (this.#file < 0) {
      await mkdir(this.#target.folder, { recursive: true });
      await writeFile(join(this.#target.folder, "xor.dat"), this.#target.key);
    }
    this.#file += 1;
    await this.#blk.begin(this.#file);
    await this.#rev.begin(this.#file);
  }

  /** Of each coin that the block spends, in order, whether a coinbase made it; remembers the block's own coinbase. */
  #findCoinbaseCoins(block: Uint8Array): boolean[] {
    const found: boolean[] = [];
    scanBlock(block, undefined, {
      input: ({ scriptStart, scriptEnd }, { index }) => {
        if (index === 0) return;
        const start = scriptStart - sizeLength(scriptEnd - scriptStart) - OUTPOINT_SIZE;
        found.push(this.#coinbases.has(displayHex(block.subarray(start, start + TXID_SIZE)) as Txid));
      },
      transaction: (tx) => {
        if (tx.index === 0) this.#coinbases.add(txidOf(block, tx, sha256));
      },
    });
    return found;
  }
}

/** Bytes in which an input says how long its script is. */
function sizeLength(size: number): number {
  if (size < 0xfd) return 1;
  return size <= 0xffff ? 3 : 5;
}

/** Numbered files of one kind, with the key over them. */
class RecordFile {
  readonly #kind: FileKind;
  readonly #target: CoreFilesTarget;
  #handle: FileHandle | undefined;
  length = 0;

  constructor(kind: FileKind, target: CoreFilesTarget) {
    this.#kind = kind;
    this.#target = target;
  }

  async begin(file: number): Promise<void> {
    await this.close();
    this.#handle = await open(join(this.#target.folder, fileName(this.#kind, file)), "wx");
    this.length = 0;
  }

  async write(bytes: Uint8Array, checksum: Uint8Array = NO_CHECKSUM): Promise<void> {
    const { network, key } = this.#target;
    const record = new Uint8Array(RECORD_HEADER_SIZE + bytes.length + TRAILER_SIZE[this.#kind]);
    const view = new DataView(record.buffer);
    view.setUint32(0, network.magic, true);
    view.setUint32(4, bytes.length, true);
    record.set(bytes, RECORD_HEADER_SIZE);
    record.set(checksum, RECORD_HEADER_SIZE + bytes.length);
    unmask(record, this.length, key);
    await this.#handle?.write(record);
    this.length += record.length;
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }
}

const NO_CHECKSUM = new Uint8Array(0);
