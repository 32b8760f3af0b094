import {
  type BlockHash,
  blockHashOf,
  bytesFromDisplayHex,
  ByteWriter,
  hash256,
  merkleRoot,
  type SpentOutputs,
  type Transaction,
  writeStrippedTransaction,
  writeTransaction,
} from "#bitcoin";
import { sha256 } from "#lib";
import type { ChainBlock } from "../../../chain-source.ts";
import type { Payment } from "../transactions/transaction-draft.ts";
import type { WaitingTransaction } from "../mempool/waiting-transaction.ts";
import { targetOf } from "./hash-power.ts";

/** What a block is made of. */
export type BlockPlan = {
  readonly height: number;
  /** Absent for block 0. */
  readonly prevHash: BlockHash | undefined;
  readonly headerTime: number;
  readonly bits: number;
  /** What the coinbase says after the height. */
  readonly message: Uint8Array;
  readonly rewards: readonly Payment[];
  /** Parents before children. */
  readonly transactions: readonly WaitingTransaction[];
  /** Of every coin that the transactions spend, in their order. */
  readonly coinHeights: Uint32Array;
};

const BLOCK_VERSION = 0x2000_0000;
const ZEROS = new Uint8Array(32);

/** Coinbase in front, merkle root, header and proof of work: from here on the block's bytes are fixed. */
export function sealBlock(plan: BlockPlan): { readonly block: ChainBlock; readonly coinbaseTxid: Uint8Array } {
  const coinbase = buildCoinbase(plan);
  const stripped = new ByteWriter();
  writeStrippedTransaction(stripped, coinbase);
  const coinbaseTxid = hash256(stripped.written(), sha256);
  const root = merkleRoot([coinbaseTxid, ...plan.transactions.map(({ txid }) => txid)], sha256);
  const header = mineHeader(plan, root);
  const size = plan.transactions.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const writer = new ByteWriter(size + stripped.length + 256);
  writer.bytes(header);
  writer.compactSize(plan.transactions.length + 1);
  writeTransaction(writer, coinbase);
  for (const { bytes } of plan.transactions) writer.bytes(bytes);
  return { block: describeBlock(plan, blockHashOf(header, sha256), writer.written()), coinbaseTxid };
}

/** Coins made in this very block have its height; `placed`: transactions of blocks below on the same branch. */
export function coinHeightsOf(
  transactions: readonly WaitingTransaction[],
  height: number,
  placed: ReadonlyMap<WaitingTransaction, number> = NOWHERE,
): Uint32Array {
  const count = transactions.reduce((sum, { inputs }) => sum + inputs.length, 0);
  const heights = new Uint32Array(count);
  let at = 0;
  for (const { inputs } of transactions) {
    for (const coin of inputs) {
      heights[at] = coin.parent === undefined ? coin.height : (placed.get(coin.parent) ?? height);
      at += 1;
    }
  }
  return heights;
}

const NOWHERE: ReadonlyMap<WaitingTransaction, number> = new Map();

function describeBlock(plan: BlockPlan, hash: BlockHash, bytes: Uint8Array): ChainBlock {
  const { height } = plan;
  const origin = { block: `simulated block ${height}`, spent: `spent outputs of simulated block ${height}` };
  return { height, hash, bytes, spent: spentOutputsOf(plan), origin };
}

/** `spenttxouts` as Core writes it. */
function spentOutputsOf({ transactions, coinHeights }: BlockPlan): SpentOutputs {
  const writer = new ByteWriter(64 + 3 * transactions.length + 44 * coinHeights.length);
  writer.compactSize(transactions.length + 1);
  writer.compactSize(0);
  for (const { inputs } of transactions) {
    writer.compactSize(inputs.length);
    for (const { value, script } of inputs) {
      writer.u64(value);
      writer.sizedBytes(script.output);
    }
  }
  return { bytes: writer.written(), coinHeights };
}

function buildCoinbase(plan: BlockPlan): Transaction {
  const { transactions, rewards, height, message } = plan;
  const hasWitness = transactions.some(({ txid, wtxid }) => txid !== wtxid);
  const outputs: { value: number; script: Uint8Array }[] = [...rewards];
  if (hasWitness) outputs.push({ value: 0, script: witnessCommitment(transactions) });
  const input = {
    prevTxid: ZEROS,
    prevIndex: 0xffff_ffff,
    script: coinbaseScript(height, message),
    sequence: 0xffff_ffff,
    witness: hasWitness ? [ZEROS] : [],
  };
  return { version: 2, inputs: [input], outputs, lockTime: 0 };
}

/** Source: BIP141, "Commitment structure"; the reserved value is zero. */
function witnessCommitment(transactions: readonly WaitingTransaction[]): Uint8Array {
  const committed = new Uint8Array(64);
  committed.set(merkleRoot([ZEROS, ...transactions.map(({ wtxid }) => wtxid)], sha256));
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

/** Tries nonces from 0; about 32 of them at the usual difficulty. */
function mineHeader({ prevHash, headerTime, bits }: BlockPlan, root: Uint8Array): Uint8Array {
  const writer = new ByteWriter(80);
  writer.u32(BLOCK_VERSION);
  writer.bytes(prevHash === undefined ? ZEROS : bytesFromDisplayHex(prevHash));
  writer.bytes(root);
  writer.u32(headerTime);
  writer.u32(bits);
  writer.u32(0);
  const header = writer.toBytes();
  const view = new DataView(header.buffer);
  const target = targetOf(bits) * 256;
  for (let nonce = 0; ; nonce += 1) {
    view.setUint32(76, nonce, true);
    if (leadingDigits(hash256(header, sha256)) < target) return header;
  }
}

/** The four highest bytes of a hash; all digits of a target that are not zero stand there. */
function leadingDigits(hash: Uint8Array): number {
  return (hash[31] ?? 0) * 0x100_0000 + (((hash[30] ?? 0) << 16) | ((hash[29] ?? 0) << 8) | (hash[28] ?? 0));
}
