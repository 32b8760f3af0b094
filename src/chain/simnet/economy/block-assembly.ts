import {
  ByteWriter,
  hasWitness,
  hash256,
  type Transaction,
  type TransactionInput,
  writeStrippedTransaction,
  writeTransaction,
} from "#bitcoin";
import { sha256 } from "#lib";
import type { Random } from "./random.ts";
import { type Payment, signInput, type TransactionDraft } from "./transaction-draft.ts";

/** Signals replaceability and lets the lock time count (BIP125, BIP68). */
const REPLACEABLE = 0xffff_fffd;
const FINAL = 0xffff_ffff;

/** The transactions of a block to be, coinbase apart, with the outputs that they spend. */
export class BlockAssembly {
  readonly height: number;
  readonly transactions = new ByteWriter(32_768);
  readonly txids: Uint8Array[] = [];
  readonly wtxids: Uint8Array[] = [];
  /** `spenttxouts` of these transactions, without the count and the coinbase in front. */
  readonly spent = new ByteWriter(16_384);
  readonly coinHeights: number[] = [];
  /** Satoshis. */
  fees = 0;
  readonly #random: Random;
  readonly #scratch = new ByteWriter();

  constructor(height: number, random: Random) {
    this.height = height;
    this.#random = random;
  }

  /** Signs, appends, and gives the new coins to their receivers, who may spend them in this very block. */
  add(draft: TransactionDraft): void {
    const tx = this.#sign(draft);
    const start = this.transactions.length;
    writeTransaction(this.transactions, tx);
    const wtxid = hash256(this.transactions.written(start), sha256);
    const txid = hasWitness(tx) ? this.txidOf(tx) : wtxid;
    this.txids.push(txid);
    this.wtxids.push(wtxid);
    this.#recordSpent(draft);
    this.credit(txid, draft.outputs);
  }

  txidOf(tx: Transaction): Uint8Array {
    this.#scratch.clear();
    writeStrippedTransaction(this.#scratch, tx);
    return hash256(this.#scratch.written(), sha256);
  }

  credit(txid: Uint8Array, outputs: readonly Payment[]): void {
    outputs.forEach(({ receiver, value }, outputIndex) => {
      receiver?.wallet.add({ txid, outputIndex, value, height: this.height, script: receiver.script });
    });
  }

  #sign(draft: TransactionDraft): Transaction {
    // Half of the wallets forbid that a later miner takes their transaction back in time, as Core's does.
    const locked = this.#random.chance(0.5);
    const sequence = locked ? REPLACEABLE : FINAL;
    const inputs: TransactionInput[] = draft.inputs.map((coin) => signInput(coin, sequence, this.#random));
    return { version: 2, inputs, outputs: draft.outputs, lockTime: locked ? this.height - 1 : 0 };
  }

  #recordSpent({ inputs, outputs }: TransactionDraft): void {
    this.spent.compactSize(inputs.length);
    for (const { value, script, height } of inputs) {
      this.spent.u64(value);
      this.spent.sizedBytes(script.output);
      this.coinHeights.push(height);
      this.fees += value;
    }
    for (const { value } of outputs) this.fees -= value;
  }
}
