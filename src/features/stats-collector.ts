import { isUnspendable, type TransactionView } from "#bitcoin";
import type { Collector } from "./read-block.ts";
import { type RangeAndMedian, rangeAndMedian } from "./range-and-median.ts";
import type { TransactionParts } from "./transaction-parts.ts";
import { type FeeTable, feeRatePercentiles } from "./weighted-percentiles.ts";

/** Core counts this beside each output: outpoint, height and coinbase flag. `PER_UTXO_OVERHEAD`, rpc/blockchain.cpp. */
const PER_UTXO_OVERHEAD = 41;

/** Sums over a block what `getblockstats` needs. One instance a block. */
export class StatsCollector implements Collector {
  outs = 0;
  ins = 0;
  totalOut = 0;
  coinbaseOut = 0;
  coinbaseSize = 0;
  coinbaseWeight = 0;
  totalSize = 0;
  totalWeight = 0;
  totalFee = 0;
  segwitTransactions = 0;
  segwitSize = 0;
  segwitWeight = 0;
  /** Outputs that entered the UTXO set. */
  spendableOuts = 0;
  createdBytes = 0;
  spendableBytes = 0;
  spentBytes = 0;
  /** Transactions but the coinbase. */
  count = 0;
  #sizes: Float64Array;
  #fees: Float64Array;
  #weights: Float64Array;
  readonly #block: Uint8Array;
  /** Core leaves the genesis coinbase and two repeated coinbases (BIP30) out of the UTXO set. */
  readonly #coinbaseEntersUtxoSet: boolean;

  constructor(block: Uint8Array, coinbaseEntersUtxoSet: boolean) {
    this.#block = block;
    // A transaction of today has some 300 bytes.
    const capacity = 64 + (block.length >> 8);
    this.#sizes = new Float64Array(capacity);
    this.#fees = new Float64Array(capacity);
    this.#weights = new Float64Array(capacity);
    this.#coinbaseEntersUtxoSet = coinbaseEntersUtxoSet;
  }

  take(tx: TransactionView, { coins, outputs }: TransactionParts): void {
    for (let index = 0; index < coins.count; index += 1) this.spentBytes += outputBytes(coins.scriptLength[index] ?? 0);
    for (let index = 0; index < outputs.count; index += 1) {
      this.#takeOutput(tx, outputs.start[index] ?? 0, outputs.end[index] ?? 0);
    }
    this.#takeTransaction(tx);
  }

  #takeOutput(tx: TransactionView, scriptStart: number, scriptEnd: number): void {
    const bytes = outputBytes(scriptEnd - scriptStart);
    this.createdBytes += bytes;
    if (tx.index === 0 && !this.#coinbaseEntersUtxoSet) return;
    if (isUnspendable(this.#block, scriptStart, scriptEnd)) return;
    this.spendableOuts += 1;
    this.spendableBytes += bytes;
  }

  #takeTransaction(tx: TransactionView): void {
    this.outs += tx.outputs;
    if (tx.index === 0) {
      this.coinbaseOut = tx.totalOut;
      this.coinbaseSize = tx.size;
      this.coinbaseWeight = tx.weight;
      return;
    }
    const position = this.count;
    this.count = position + 1;
    if (position === this.#fees.length) this.#grow();
    this.#sizes[position] = tx.size;
    this.#fees[position] = tx.totalIn - tx.totalOut;
    this.#weights[position] = tx.weight;
    this.ins += tx.inputs;
    this.totalOut += tx.totalOut;
    this.totalSize += tx.size;
    this.totalWeight += tx.weight;
    this.totalFee += tx.totalIn - tx.totalOut;
    if (!tx.hasWitness) return;
    this.segwitTransactions += 1;
    this.segwitSize += tx.size;
    this.segwitWeight += tx.weight;
  }

  /** Satoshis. */
  feeRange(): RangeAndMedian {
    return rangeAndMedian(this.#fees.slice(0, this.count), this.count);
  }

  /** Bytes. */
  sizeRange(): RangeAndMedian {
    return rangeAndMedian(this.#sizes.slice(0, this.count), this.count);
  }

  /** Lowest and highest fee rate, sat/vB, rounded down; 0 for an empty block. */
  feeRateRange(): { min: number; max: number } {
    const { fees, weights, count } = this.#table();
    if (count === 0) return { min: 0, max: 0 };
    let min = Infinity;
    let max = 0;
    for (let index = 0; index < count; index += 1) {
      const rate = Math.floor(((fees[index] ?? 0) * 4) / (weights[index] ?? 1));
      if (rate < min) min = rate;
      if (rate > max) max = rate;
    }
    return { min, max };
  }

  percentiles(): number[] {
    return feeRatePercentiles(this.#table());
  }

  #table(): FeeTable {
    return { fees: this.#fees, weights: this.#weights, count: this.count };
  }

  #grow(): void {
    this.#sizes = doubled(this.#sizes);
    this.#fees = doubled(this.#fees);
    this.#weights = doubled(this.#weights);
  }
}

function doubled(column: Float64Array): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(column.length * 2);
  longer.set(column);
  return longer;
}

/** Serialised size of an output plus Core's overhead. */
function outputBytes(scriptLength: number): number {
  const lengthBytes = scriptLength < 0xfd ? 1 : scriptLength <= 0xffff ? 3 : 5;
  return 8 + lengthBytes + scriptLength + PER_UTXO_OVERHEAD;
}
