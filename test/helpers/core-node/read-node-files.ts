import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BlockHash, blockHashOf, decodeUndo, hash256, HEADER_SIZE, type Network, parseHeader } from "#bitcoin";
import { sha256 } from "#lib";
import { decodeBlock } from "./decode-block.ts";
import type { NodeBlock } from "./node-chain.ts";

const CHECKSUM_SIZE = 32;
/** Magic and length. */
const RECORD_HEAD_SIZE = 8;

/**
 * All blocks of a node's first `blk` and `rev` file in the order of the file, stale ones included. Heights follow from
 * block 0 on; those of blocks that do not connect to it have to be given.
 */
export function readNodeFiles(
  folder: string,
  network: Network,
  givenHeights: ReadonlyMap<string, number> = new Map(),
): NodeBlock[] {
  const key = readFileSync(join(folder, "xor.dat"));
  const read = (name: string): Buffer => unmask(readFileSync(join(folder, name)), key);
  const undo = splitRecords(read("rev00000.dat"), network.magic, CHECKSUM_SIZE);
  const heights = new Map<string, number>(givenHeights);
  return splitRecords(read("blk00000.dat"), network.magic, 0).map((bytes) => {
    const { prevHash } = parseHeader(bytes.subarray(0, HEADER_SIZE));
    const hash = blockHashOf(bytes.subarray(0, HEADER_SIZE), sha256);
    const height = heights.get(hash) ?? heightAbove(prevHash, heights);
    heights.set(hash, height);
    const sizeOnDisk = RECORD_HEAD_SIZE + bytes.length;
    if (height === 0) return { height, hash, bytes, spent: SPENT_BY_GENESIS, sizeOnDisk };
    const record = takeUndo(undo, bytes);
    if (record === undefined) return { height, hash, bytes, spent: undefined, sizeOnDisk };
    const spent = decodeUndo(record.subarray(0, -CHECKSUM_SIZE));
    return { height, hash, bytes, spent, sizeOnDisk: sizeOnDisk + RECORD_HEAD_SIZE + record.length };
  });
}

const SPENT_BY_GENESIS = { bytes: Uint8Array.of(1, 0), coinHeights: new Uint32Array(0) };

/** The blocks of the recorded regtest node: `UTXOIQ_TEST_DATA/regtest-node`. */
export function readRegtestBlocks(dataFolder: string, network: Network): NodeBlock[] {
  return readNodeFiles(join(dataFolder, "regtest-node/datadir/regtest/blocks"), network);
}

/**
 * Blocks whose coins have no heights, with one made up for each: that of the block below. For tests of what does not
 * depend on them, since a node that does not know them does not exist.
 */
export function withMadeUpCoinHeights(blocks: readonly NodeBlock[]): NodeBlock[] {
  return blocks.map((block) => {
    const { spent, bytes } = block;
    if (spent === undefined) throw new Error(`block ${block.height} has no spent outputs`);
    const [, ...payments] = decodeBlock(bytes);
    const coins = payments.reduce((sum, { inputs }) => sum + inputs.length, 0);
    const coinHeights = new Uint32Array(coins).fill(Math.max(1, block.height - 1));
    return { ...block, spent: { bytes: spent.bytes, coinHeights } };
  });
}

function heightAbove(prevHash: BlockHash, heights: ReadonlyMap<string, number>): number {
  if (/^0+$/.test(prevHash)) return 0;
  const below = heights.get(prevHash);
  if (below === undefined) throw new Error(`the block below, ${prevHash}, comes later in the file or not at all`);
  return below + 1;
}

/** The record whose checksum is that of this block; taken out, so that mostly the first one is it. */
function takeUndo(records: Buffer[], block: Uint8Array): Buffer | undefined {
  const parent = block.subarray(4, 36);
  const index = records.findIndex((record) => {
    const undo = record.subarray(0, -CHECKSUM_SIZE);
    return record.subarray(-CHECKSUM_SIZE).equals(hash256(Buffer.concat([parent, undo]), sha256));
  });
  return index === -1 ? undefined : records.splice(index, 1)[0];
}

function unmask(bytes: Buffer, key: Uint8Array): Buffer {
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = (bytes[index] ?? 0) ^ (key[index % 8] ?? 0);
  return bytes;
}

/** The file ends in zeros that a node lays out in advance and does not mask; unmasked they are no magic. */
function splitRecords(bytes: Buffer, magic: number, trailer: number): Buffer[] {
  const records: Buffer[] = [];
  let offset = 0;
  while (offset + RECORD_HEAD_SIZE < bytes.length && bytes.readUInt32LE(offset) === magic) {
    const end = offset + RECORD_HEAD_SIZE + bytes.readUInt32LE(offset + 4) + trailer;
    records.push(bytes.subarray(offset + RECORD_HEAD_SIZE, end));
    offset = end;
  }
  return records;
}
