import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { hash256, HEADER_SIZE, NETWORKS } from "#bitcoin";
import { sha256 } from "#lib";
import { encodeUndo } from "../test/fixtures/undo-encoding.ts";
import type { RealBlockFile } from "./real-block-files.ts";

/** Core's `MAX_BLOCKFILE_SIZE`. */
const MAX_FILE_BYTES = 0x800_0000;

/** A target that every second hash meets: real blocks keep all their bytes but parent, target and nonce. */
const EASY_BITS = NETWORKS.regtest.powLimitBits;

export type CoreFiles = {
  readonly blocks: number;
  /** Bytes of blocks, what stands around them left out. */
  readonly blockBytes: number;
  readonly fileBytes: number;
};

type Plan = { readonly folder: string; readonly atLeast: number; readonly key: Uint8Array };

/**
 * Writes `blk`, `rev` and `xor.dat` files as a regtest node would that has pruned what came before: the real blocks
 * again and again, each on top of the one before, until there are enough bytes.
 */
export function writeCoreFiles(real: readonly RealBlockFile[], { folder, atLeast, key }: Plan): CoreFiles {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "xor.dat"), key);
  const undos = real.map((file) => encodeUndo({ bytes: file.spent, coinHeights: heightsBelow(file) }));
  const [blk, rev] = [new MaskedFiles(folder, "blk", key), new MaskedFiles(folder, "rev", key)];
  let parent: Uint8Array = new Uint8Array(32);
  let blocks = 0;
  let blockBytes = 0;
  while (blockBytes < atLeast) {
    for (const [position, file] of real.entries()) {
      const block = onTopOf(file.block, parent);
      if (blk.length + block.length + 8 > MAX_FILE_BYTES) {
        blk.next();
        rev.next();
      }
      blk.write(block);
      const undo = undos[position] ?? new Uint8Array(0);
      rev.write(undo, hash256(concat(parent, undo), sha256));
      parent = hash256(block.subarray(0, HEADER_SIZE), sha256);
      blocks += 1;
      blockBytes += block.length;
    }
  }
  blk.close();
  rev.close();
  return { blocks, blockBytes, fileBytes: blk.total + rev.total };
}

/** Heights of real coins are three bytes long; which ones they are changes nothing here. */
function heightsBelow({ height, spent }: RealBlockFile): Uint32Array {
  return new Uint32Array(spent.length).fill(Math.max(1, height - 100));
}

function onTopOf(block: Uint8Array, parent: Uint8Array): Uint8Array {
  const linked = Uint8Array.from(block);
  const view = new DataView(linked.buffer);
  linked.set(parent, 4);
  view.setUint32(72, EASY_BITS, true);
  for (let nonce = 0; ; nonce += 1) {
    view.setUint32(76, nonce, true);
    const [last = 0xff] = hash256(linked.subarray(0, HEADER_SIZE), sha256).subarray(31);
    if (last < 0x7f) return linked;
  }
}

function concat(left: Uint8Array, right: Uint8Array): Uint8Array {
  return Buffer.concat([left, right]);
}

/** Numbered files of records with the key over them. */
class MaskedFiles {
  readonly #folder: string;
  readonly #kind: string;
  readonly #key: Uint8Array;
  #number = 0;
  #descriptor: number;
  length = 0;
  total = 0;

  constructor(folder: string, kind: string, key: Uint8Array) {
    this.#folder = folder;
    this.#kind = kind;
    this.#key = key;
    this.#descriptor = this.#open();
  }

  #open(): number {
    return openSync(join(this.#folder, `${this.#kind}${String(this.#number).padStart(5, "0")}.dat`), "w");
  }

  write(bytes: Uint8Array, checksum: Uint8Array = new Uint8Array(0)): void {
    const record = Buffer.alloc(8 + bytes.length + checksum.length);
    record.writeUInt32LE(NETWORKS.regtest.magic, 0);
    record.writeUInt32LE(bytes.length, 4);
    record.set(bytes, 8);
    record.set(checksum, 8 + bytes.length);
    const start = this.length % 8;
    for (let index = 0; index < record.length; index += 1) {
      record[index] = (record[index] ?? 0) ^ (this.#key[(start + index) % 8] ?? 0);
    }
    writeSync(this.#descriptor, record);
    this.length += record.length;
    this.total += record.length;
  }

  next(): void {
    this.close();
    this.#number += 1;
    this.length = 0;
    this.#descriptor = this.#open();
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
