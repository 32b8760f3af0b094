import {
  addressOf,
  type BlockVisitor,
  type Network,
  type OutputView,
  type Sha256,
  type SpentOutputs,
  type SpentOutputView,
  type TransactionView,
  txidOf,
} from "#bitcoin";
import { NOTABLE_TRANSFER_SATS, type Transfer } from "./block-features.ts";

type Ranges = { starts: number[]; ends: number[] };
type Source = { block: Uint8Array; spent: SpentOutputs; network: Network; sha256: Sha256 };

/**
 * Finds what each transaction pays to scripts that it does not spend from; the rest is change. Scripts are compared
 * only where the outputs together are larger than the largest transfer so far or notable, and a transaction id is
 * hashed only for a notable transfer.
 */
export class TransferCollector implements BlockVisitor {
  readonly transfers: Transfer[] = [];
  /** Satoshis. */
  largest = 0;
  readonly #source: Source;
  readonly #spentScripts: Ranges = { starts: [], ends: [] };
  readonly #outputScripts: Ranges = { starts: [], ends: [] };
  #outputValues: number[] = [];

  constructor(source: Source) {
    this.#source = source;
  }

  spent(coin: SpentOutputView): void {
    this.#spentScripts.starts.push(coin.scriptStart);
    this.#spentScripts.ends.push(coin.scriptEnd);
  }

  output(output: OutputView): void {
    this.#outputScripts.starts.push(output.scriptStart);
    this.#outputScripts.ends.push(output.scriptEnd);
    this.#outputValues.push(output.value);
  }

  transaction(tx: TransactionView): void {
    if (tx.index > 0 && (tx.totalOut > this.largest || tx.totalOut >= NOTABLE_TRANSFER_SATS)) this.#look(tx);
    this.#spentScripts.starts.length = 0;
    this.#spentScripts.ends.length = 0;
    this.#outputScripts.starts.length = 0;
    this.#outputScripts.ends.length = 0;
    this.#outputValues.length = 0;
  }

  #look(tx: TransactionView): void {
    const { block, network, sha256 } = this.#source;
    const spentScripts = this.#spentScriptKeys();
    let value = 0;
    let toIndex = -1;
    this.#outputValues.forEach((sats, index) => {
      if (spentScripts.has(this.#outputKey(index))) return;
      value += sats;
      if (toIndex < 0 || sats > (this.#outputValues[toIndex] ?? 0)) toIndex = index;
    });
    this.largest = Math.max(this.largest, value);
    if (value < NOTABLE_TRANSFER_SATS) return;
    const script = block.subarray(this.#outputScripts.starts[toIndex], this.#outputScripts.ends[toIndex]);
    this.transfers.push({
      txid: txidOf(block, tx, sha256),
      txIndex: tx.index,
      value,
      totalIn: tx.totalIn,
      totalOut: tx.totalOut,
      fee: tx.totalIn - tx.totalOut,
      inputs: tx.inputs,
      outputs: tx.outputs,
      toAddress: addressOf(script, network, sha256) ?? null,
      toValue: this.#outputValues[toIndex] ?? 0,
    });
  }

  #spentScriptKeys(): Set<string> {
    const { starts, ends } = this.#spentScripts;
    return new Set(starts.map((start, index) => keyOf(this.#source.spent.bytes, start, ends[index] ?? start)));
  }

  #outputKey(index: number): string {
    const start = this.#outputScripts.starts[index] ?? 0;
    return keyOf(this.#source.block, start, this.#outputScripts.ends[index] ?? start);
  }
}

/** The bytes as a string that a Set can hold. */
function keyOf(bytes: Uint8Array, start: number, end: number): string {
  let key = "";
  for (let offset = start; offset < end; offset += 1) key += String.fromCharCode(bytes[offset] ?? 0);
  return key;
}
