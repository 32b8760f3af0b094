import { type BlockVisitor, displayHex, scanBlock, type TransactionView, txidOf } from "#bitcoin";
import { sha256 } from "#lib";
import type { ServedBlock } from "./served-chain.ts";

export type JsonInput = {
  readonly txid: string;
  readonly vout: number;
  readonly is_coinbase: boolean;
  readonly scriptsig: string;
  readonly prevout: { readonly scriptpubkey: string; readonly value: number } | null;
};
export type JsonTransaction = {
  readonly txid: string;
  readonly size: number;
  readonly weight: number;
  readonly vin: readonly JsonInput[];
};

/** The block's transactions as `/block/:hash/txs` gives them, without the fields that nothing here reads. */
export function listJsonTransactions({ block, spent }: ServedBlock): readonly JsonTransaction[] {
  const collector = new JsonCollector(block, spent);
  scanBlock(block, { bytes: spent }, collector);
  return collector.transactions;
}

class JsonCollector implements BlockVisitor {
  readonly transactions: JsonTransaction[] = [];
  readonly #block: Uint8Array;
  readonly #spent: Uint8Array;
  #vin: JsonInput[] = [];

  constructor(block: Uint8Array, spent: Uint8Array) {
    this.#block = block;
    this.#spent = spent;
  }

  input({ scriptStart, scriptEnd }: { scriptStart: number; scriptEnd: number }, tx: TransactionView): void {
    const length = scriptEnd - scriptStart;
    const start = scriptStart - (length < 0xfd ? 1 : 3) - 36;
    const view = new DataView(this.#block.buffer, this.#block.byteOffset + start + 32, 4);
    this.#vin.push({
      txid: displayHex(this.#block.subarray(start, start + 32)),
      vout: view.getUint32(0, true),
      is_coinbase: tx.index === 0,
      scriptsig: hex(this.#block.subarray(scriptStart, scriptEnd)),
      prevout: null,
    });
  }

  spent({ value, scriptStart, scriptEnd }: { value: number; scriptStart: number; scriptEnd: number }): void {
    const input = this.#vin.pop();
    const prevout = { scriptpubkey: hex(this.#spent.subarray(scriptStart, scriptEnd)), value };
    if (input !== undefined) this.#vin.push({ ...input, prevout });
  }

  transaction(tx: TransactionView): void {
    const { size, weight } = tx;
    this.transactions.push({ txid: txidOf(this.#block, tx, sha256), size, weight, vin: this.#vin });
    this.#vin = [];
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
