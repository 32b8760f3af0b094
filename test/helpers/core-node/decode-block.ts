import { displayHex, hash256 } from "#bitcoin";
import { sha256 } from "#lib";

export type DecodedInput = {
  readonly txid: string;
  readonly vout: number;
  readonly script: Uint8Array;
  readonly sequence: number;
  readonly witness: readonly Uint8Array[];
};
export type DecodedOutput = { readonly value: number; readonly script: Uint8Array };
export type DecodedTransaction = {
  readonly txid: string;
  readonly wtxid: string;
  readonly version: number;
  readonly locktime: number;
  readonly size: number;
  readonly strippedSize: number;
  readonly inputs: readonly DecodedInput[];
  readonly outputs: readonly DecodedOutput[];
  readonly bytes: Uint8Array;
};

/** Reads what it trusts: a block of the fixtures. Written apart from the scanner, which it helps to check. */
export function decodeBlock(block: Uint8Array): DecodedTransaction[] {
  const reader = new Reader(block, 80);
  return Array.from({ length: reader.compactSize() }, () => decodeTransaction(reader));
}

/** The outputs that each transaction spends, from the body of `spenttxouts`. */
export function decodeSpent(spent: Uint8Array): DecodedOutput[][] {
  const reader = new Reader(spent, 0);
  return Array.from({ length: reader.compactSize() }, () => readOutputs(reader));
}

function decodeTransaction(reader: Reader): DecodedTransaction {
  const start = reader.offset;
  const version = reader.u32();
  const segwit = reader.peek() === 0;
  if (segwit) reader.skip(2);
  const bodyStart = reader.offset;
  const inputs = Array.from({ length: reader.compactSize() }, () => readInput(reader));
  const outputs = readOutputs(reader);
  const bodyEnd = reader.offset;
  const witnesses = segwit ? inputs.map(() => readWitness(reader)) : [];
  const locktime = reader.u32();
  const bytes = reader.since(start);
  const stripped = Buffer.concat([bytes.subarray(0, 4), reader.between(bodyStart, bodyEnd), bytes.subarray(-4)]);
  return {
    txid: displayHex(hash256(stripped, sha256)),
    wtxid: displayHex(hash256(bytes, sha256)),
    version,
    locktime,
    size: bytes.length,
    strippedSize: stripped.length,
    inputs: inputs.map((input, index) => ({ ...input, witness: witnesses[index] ?? [] })),
    outputs,
    bytes,
  };
}

function readInput(reader: Reader): Omit<DecodedInput, "witness"> {
  const txid = displayHex(reader.take(32));
  return { txid, vout: reader.u32(), script: reader.sizedBytes(), sequence: reader.u32() };
}

function readOutputs(reader: Reader): DecodedOutput[] {
  return Array.from({ length: reader.compactSize() }, () => ({ value: reader.u64(), script: reader.sizedBytes() }));
}

function readWitness(reader: Reader): Uint8Array[] {
  return Array.from({ length: reader.compactSize() }, () => reader.sizedBytes());
}

class Reader {
  readonly #bytes: Buffer;
  offset: number;

  constructor(bytes: Uint8Array, offset: number) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.offset = offset;
  }

  peek(): number {
    return this.#bytes.readUInt8(this.offset);
  }

  skip(length: number): number {
    this.offset += length;
    return this.offset - length;
  }

  take(length: number): Uint8Array {
    return this.since(this.skip(length));
  }

  since(start: number): Uint8Array {
    return this.between(start, this.offset);
  }

  between(start: number, end: number): Uint8Array {
    return this.#bytes.subarray(start, end);
  }

  u32(): number {
    return this.#bytes.readUInt32LE(this.skip(4));
  }

  u64(): number {
    return Number(this.#bytes.readBigUInt64LE(this.skip(8)));
  }

  compactSize(): number {
    const first = this.#bytes.readUInt8(this.skip(1));
    if (first < 0xfd) return first;
    return first === 0xfd ? this.#bytes.readUInt16LE(this.skip(2)) : this.u32();
  }

  sizedBytes(): Uint8Array {
    return this.take(this.compactSize());
  }
}
