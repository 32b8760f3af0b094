import {
  type BlockHash,
  blockHashOf,
  bytesFromDisplayHex,
  ByteWriter,
  hash256,
  merkleRoot,
  NETWORKS,
  type SpentOutputs,
  type Transaction,
  writeTransaction,
} from "#bitcoin";
import { sha256 } from "#lib";
import type { ChainBlock } from "../../chain-source.ts";
import type { BlockAssembly } from "./block-assembly.ts";
import type { Payment } from "./transaction-draft.ts";

/** What the miner adds to the transactions. */
export type Template = {
  /** Absent for block 0. */
  readonly prevHash: BlockHash | undefined;
  readonly time: number;
  /** What the coinbase says after the height. */
  readonly message: Uint8Array;
  readonly rewards: readonly Payment[];
};

const BLOCK_VERSION = 0x2000_0000;
const ZEROS = new Uint8Array(32);

/** Coinbase in front, merkle root, header and proof of work: from here on the block's bytes are fixed. */
export function sealBlock(assembly: BlockAssembly, template: Template): ChainBlock {
  const coinbase = buildCoinbase(assembly, template);
  const txid = assembly.txidOf(coinbase);
  assembly.credit(txid, template.rewards);
  const header = mineHeader(template, merkleRoot([txid, ...assembly.txids], sha256));
  const writer = new ByteWriter(assembly.transactions.length + 1024);
  writer.bytes(header);
  writer.compactSize(assembly.txids.length + 1);
  writeTransaction(writer, coinbase);
  writer.bytes(assembly.transactions.written());
  return describeBlock(assembly, blockHashOf(header, sha256), writer.toBytes());
}

function describeBlock(assembly: BlockAssembly, hash: BlockHash, bytes: Uint8Array): ChainBlock {
  const { height } = assembly;
  const origin = { block: `simulated block ${height}`, spent: `spent outputs of simulated block ${height}` };
  return { height, hash, bytes, spent: spentOutputsOf(assembly), origin };
}

function spentOutputsOf(assembly: BlockAssembly): SpentOutputs {
  const writer = new ByteWriter(assembly.spent.length + 16);
  writer.compactSize(assembly.txids.length + 1);
  writer.compactSize(0);
  writer.bytes(assembly.spent.written());
  return { bytes: writer.toBytes(), coinHeights: Uint32Array.from(assembly.coinHeights) };
}

function buildCoinbase(assembly: BlockAssembly, { message, rewards }: Template): Transaction {
  const hasWitness = assembly.wtxids.some((wtxid, index) => wtxid !== assembly.txids[index]);
  const outputs: { value: number; script: Uint8Array }[] = [...rewards];
  if (hasWitness) outputs.push({ value: 0, script: witnessCommitment(assembly.wtxids) });
  const input = {
    prevTxid: ZEROS,
    prevIndex: 0xffff_ffff,
    script: coinbaseScript(assembly.height, message),
    sequence: 0xffff_ffff,
    witness: hasWitness ? [ZEROS] : [],
  };
  return { version: 2, inputs: [input], outputs, lockTime: 0 };
}

/** Source: BIP141, "Commitment structure"; the reserved value is zero. */
function witnessCommitment(wtxids: readonly Uint8Array[]): Uint8Array {
  const committed = new Uint8Array(64);
  committed.set(merkleRoot([ZEROS, ...wtxids], sha256));
  const script = new Uint8Array(38);
  script.set([0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed]);
  script.set(hash256(committed, sha256), 6);
  return script;
}

/** The height as a script pushes it (BIP34: OP_0…OP_16, else a minimal signed number), then the message. */
function coinbaseScript(height: number, message: Uint8Array): Uint8Array {
  const writer = new ByteWriter(128);
  if (height <= 16) {
    writer.u8(height === 0 ? 0 : 0x50 + height);
  } else {
    const digits: number[] = [];
    for (let rest = height; rest > 0; rest = Math.floor(rest / 256)) digits.push(rest % 256);
    if ((digits.at(-1) ?? 0) >= 0x80) digits.push(0);
    writer.sizedBytes(Uint8Array.from(digits));
  }
  writer.sizedBytes(message);
  return writer.toBytes();
}

/** Tries nonces from 0; with the network's target every second one fits. */
function mineHeader({ prevHash, time }: Template, root: Uint8Array): Uint8Array {
  const bits = NETWORKS.simnet.powLimitBits;
  const writer = new ByteWriter(80);
  writer.u32(BLOCK_VERSION);
  writer.bytes(prevHash === undefined ? ZEROS : bytesFromDisplayHex(prevHash));
  writer.bytes(root);
  writer.u32(time);
  writer.u32(bits);
  writer.u32(0);
  const header = writer.toBytes();
  const view = new DataView(header.buffer);
  for (let nonce = 0; ; nonce += 1) {
    view.setUint32(76, nonce, true);
    if (leadingDigits(hash256(header, sha256)) < (bits & 0x7f_ffff)) return header;
  }
}

/** The three highest bytes of a hash; the target has its mantissa there (exponent 0x20). */
function leadingDigits(hash: Uint8Array): number {
  return ((hash[31] ?? 0) << 16) | ((hash[30] ?? 0) << 8) | (hash[29] ?? 0);
}
