import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type BlockHash,
  blockHashOf,
  type BlockVisitor,
  ByteWriter,
  displayHex,
  HEADER_SIZE,
  NETWORKS,
  parseHeader,
  scanBlock,
  type TransactionView,
  txidOf,
} from "#bitcoin";
import { sha256 } from "#lib";

/** A block as the server holds it. `spent` in the format of `<height>.spent` files. */
export type ServedBlock = {
  readonly height: number;
  readonly hash: BlockHash;
  readonly block: Uint8Array;
  readonly spent: Uint8Array;
};

function servedBlock(height: number, block: Uint8Array, spent: Uint8Array): ServedBlock {
  return { height, hash: blockHashOf(block.subarray(0, HEADER_SIZE), sha256), block, spent };
}

/** `<height>.block` and `<height>.spent` of a folder. */
export function readServedBlock(folder: string, height: number): ServedBlock {
  const read = (ending: string): Uint8Array => readFileSync(join(folder, `${height}.${ending}`));
  return servedBlock(height, read("block"), read("spent"));
}

/**
 * All blocks of a `blk` file of a node, stale ones included, ascending by height; what they spend is found in the
 * chain itself, which therefore has to begin with block 0.
 */
export function readBlockFile(file: string, key: Uint8Array, magic: number): ServedBlock[] {
  const blocks = splitRecords(unmask(readFileSync(file), key), magic);
  const below = new Map<BlockHash, number>([[parentOf(blocks[0]), -1]]);
  const outputs = new Map<string, Output>();
  const placed = blocks
    .map((block) => {
      const hash = blockHashOf(block.subarray(0, HEADER_SIZE), sha256);
      const height = (below.get(parentOf(block)) ?? Number.NaN) + 1;
      below.set(hash, height);
      return { height, block };
    })
    .toSorted((left, right) => left.height - right.height);
  for (const { block } of placed) scanBlock(block, undefined, new OutputCollector(block, outputs));
  return placed.map(({ height, block }) => servedBlock(height, block, spentBy(block, outputs)));
}

/** The regtest node's blocks: the active chain, and the same with the branch that was reorganised away on top. */
export function readRegtestChains(dataFolder: string): {
  readonly active: ServedBlock[];
  readonly stale: ServedBlock[];
} {
  const folder = join(dataFolder, "regtest-node/datadir/regtest/blocks");
  const key = readFileSync(join(folder, "xor.dat"));
  const all = readBlockFile(join(folder, "blk00000.dat"), key, NETWORKS.regtest.magic);
  const reorg = JSON.parse(readFileSync(join(dataFolder, "regtest-node/reorg.json"), "utf8")) as {
    readonly stale: readonly { readonly hash: string }[];
  };
  const hashes = new Set<string>(reorg.stale.map(({ hash }) => hash));
  const staleTop = all.filter(({ hash }) => hashes.has(hash));
  const active = all.filter(({ hash }) => !hashes.has(hash));
  const fork = (staleTop[0]?.height ?? 0) - 1;
  return { active, stale: [...active.slice(0, fork + 1), ...staleTop] };
}

function parentOf(block: Uint8Array | undefined): BlockHash {
  if (block === undefined) throw new Error("the file holds no block");
  return parseHeader(block.subarray(0, HEADER_SIZE)).prevHash;
}

function unmask(bytes: Uint8Array, key: Uint8Array): Uint8Array {
  return bytes.map((byte, index) => byte ^ (key[index % key.length] ?? 0));
}

/** The file ends in zeros, which a node lays out in advance and does not mask; unmasked they are no magic. */
function splitRecords(bytes: Uint8Array, magic: number): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records: Uint8Array[] = [];
  let offset = 0;
  while (offset + 8 < bytes.length && view.getUint32(offset, true) === magic) {
    const end = offset + 8 + view.getUint32(offset + 4, true);
    records.push(bytes.subarray(offset + 8, end));
    offset = end;
  }
  return records;
}

export type Output = { readonly value: number; readonly script: Uint8Array };

class OutputCollector implements BlockVisitor {
  readonly #block: Uint8Array;
  readonly #outputs: Map<string, Output>;
  #current: Output[] = [];

  constructor(block: Uint8Array, outputs: Map<string, Output>) {
    this.#block = block;
    this.#outputs = outputs;
  }

  output({ value, scriptStart, scriptEnd }: { value: number; scriptStart: number; scriptEnd: number }): void {
    this.#current.push({ value, script: this.#block.subarray(scriptStart, scriptEnd) });
  }

  transaction(tx: TransactionView): void {
    const txid = txidOf(this.#block, tx, sha256);
    for (const [index, output] of this.#current.entries()) this.#outputs.set(`${txid}:${index}`, output);
    this.#current = [];
  }
}

function spentBy(block: Uint8Array, outputs: ReadonlyMap<string, Output>): Uint8Array {
  const outpoints: string[][] = [];
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  scanBlock(block, undefined, {
    input({ scriptStart, scriptEnd }, tx) {
      const list = (outpoints[tx.index] ??= []);
      const length = scriptEnd - scriptStart;
      const start = scriptStart - (length < 0xfd ? 1 : 3) - 36;
      const txid = displayHex(block.subarray(start, start + 32));
      if (tx.index > 0) list.push(`${txid}:${view.getUint32(start + 32, true)}`);
    },
  });
  const writer = new ByteWriter();
  writer.compactSize(outpoints.length);
  for (const list of outpoints) {
    writer.compactSize(list.length);
    for (const outpoint of list) {
      const output = outputs.get(outpoint);
      if (output === undefined) throw new Error(`${outpoint} is not an output of this chain`);
      writer.u64(output.value);
      writer.sizedBytes(output.script);
    }
  }
  return writer.toBytes();
}
