import { Transaction as ReferenceTransaction } from "bitcoinjs-lib";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ByteWriter } from "./byte-writer.ts";
import { hasWitness, type Transaction, writeStrippedTransaction, writeTransaction } from "./transaction-encoding.ts";

const bytes = (maxLength: number) => fc.uint8Array({ maxLength });

const anyTransaction: fc.Arbitrary<Transaction> = fc.record({
  version: fc.integer({ min: 1, max: 0x7fff_ffff }),
  inputs: fc.array(
    fc.record({
      prevTxid: fc.uint8Array({ minLength: 32, maxLength: 32 }),
      prevIndex: fc.integer({ min: 0, max: 0xffff_ffff }),
      script: bytes(300),
      sequence: fc.integer({ min: 0, max: 0xffff_ffff }),
      witness: fc.array(bytes(300), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  outputs: fc.array(fc.record({ value: fc.integer({ min: 0, max: 21e14 }), script: bytes(80) }), {
    minLength: 1,
    maxLength: 4,
  }),
  lockTime: fc.integer({ min: 0, max: 0xffff_ffff }),
});

function reference(tx: Transaction): ReferenceTransaction {
  const theirs = new ReferenceTransaction();
  theirs.version = tx.version;
  theirs.locktime = tx.lockTime;
  tx.inputs.forEach((input, index) => {
    theirs.addInput(input.prevTxid, input.prevIndex, input.sequence, input.script);
    theirs.setWitness(index, [...input.witness]);
  });
  for (const output of tx.outputs) theirs.addOutput(output.script, BigInt(output.value));
  return theirs;
}

function written(write: (writer: ByteWriter, tx: Transaction) => void, tx: Transaction): string {
  const writer = new ByteWriter();
  write(writer, tx);
  return Buffer.from(writer.toBytes()).toString("hex");
}

describe("transaction encoding", () => {
  test("agrees with bitcoinjs-lib on random transactions, with and without witnesses", () => {
    fc.assert(
      fc.property(anyTransaction, (tx) => {
        const theirs = reference(tx);
        expect(hasWitness(tx)).toBe(theirs.hasWitnesses());
        expect(written(writeTransaction, tx)).toBe(Buffer.from(theirs.toBuffer()).toString("hex"));
        for (const input of theirs.ins) input.witness = [];
        expect(written(writeStrippedTransaction, tx)).toBe(Buffer.from(theirs.toBuffer()).toString("hex"));
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
