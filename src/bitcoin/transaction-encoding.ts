import type { ByteWriter } from "./byte-writer.ts";

export type TransactionInput = {
  /** Internal byte order. */
  readonly prevTxid: Uint8Array;
  readonly prevIndex: number;
  readonly script: Uint8Array;
  readonly sequence: number;
  readonly witness: readonly Uint8Array[];
};

export type TransactionOutput = {
  /** Satoshis. */
  readonly value: number;
  readonly script: Uint8Array;
};

export type Transaction = {
  readonly version: number;
  readonly inputs: readonly TransactionInput[];
  readonly outputs: readonly TransactionOutput[];
  readonly lockTime: number;
};

/** Whether the network serialisation carries witnesses. Source: BIP144. */
export function hasWitness(tx: Transaction): boolean {
  return tx.inputs.some((input) => input.witness.length > 0);
}

/** Network serialisation, with witnesses where there are any: what blocks hold and the wtxid hashes. Source: BIP144. */
export function writeTransaction(writer: ByteWriter, tx: Transaction): void {
  if (!hasWitness(tx)) return writeStrippedTransaction(writer, tx);
  writer.u32(tx.version);
  writer.u8(0);
  writer.u8(1);
  writeInputsAndOutputs(writer, tx);
  for (const input of tx.inputs) {
    writer.compactSize(input.witness.length);
    for (const item of input.witness) writer.sizedBytes(item);
  }
  writer.u32(tx.lockTime);
}

/** Serialisation without witnesses: what the txid hashes. */
export function writeStrippedTransaction(writer: ByteWriter, tx: Transaction): void {
  writer.u32(tx.version);
  writeInputsAndOutputs(writer, tx);
  writer.u32(tx.lockTime);
}

function writeInputsAndOutputs(writer: ByteWriter, tx: Transaction): void {
  writer.compactSize(tx.inputs.length);
  for (const input of tx.inputs) {
    writer.bytes(input.prevTxid);
    writer.u32(input.prevIndex);
    writer.sizedBytes(input.script);
    writer.u32(input.sequence);
  }
  writer.compactSize(tx.outputs.length);
  for (const output of tx.outputs) {
    writer.u64(output.value);
    writer.sizedBytes(output.script);
  }
}
