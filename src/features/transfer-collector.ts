import { addressOf, type Network, type Sha256, type TransactionView, txidOf } from "#bitcoin";
import { NOTABLE_TRANSFER_SATS, type Transfer } from "./block-features.ts";
import { BLOCKS_PER_DAY } from "./coin-age-collector.ts";
import type { LabelLookup } from "./label-lookup.ts";
import type { Collector } from "./read-block.ts";
import type { TransactionParts } from "./transaction-parts.ts";
import type { TransactionSides } from "./transaction-sides.ts";

type Ground = {
  readonly block: Uint8Array;
  readonly height: number;
  readonly network: Network;
  readonly sha256: Sha256;
  readonly labels: LabelLookup;
  /** Of the transaction that is taken. */
  readonly sides: TransactionSides;
  /** Entities, by their place in the lookup, of which every transaction is notable. */
  readonly watched: ReadonlySet<number>;
};

/**
 * Finds what each transaction pays to scripts that it does not spend from; the rest is change. A transaction id is
 * hashed only for a notable transfer: one of 100 BTC and more, or one that touches what is watched.
 */
export class TransferCollector implements Collector {
  readonly transfers: Transfer[] = [];
  /** Satoshis. */
  largest = 0;
  readonly #ground: Ground;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  take(tx: TransactionView, parts: TransactionParts): void {
    if (tx.index === 0) return;
    const value = tx.totalOut - parts.change;
    this.largest = Math.max(this.largest, value);
    const watched = this.#touchesWatched(parts);
    if (value >= NOTABLE_TRANSFER_SATS || watched) this.transfers.push(this.#describe({ tx, parts, value, watched }));
  }

  #touchesWatched(parts: TransactionParts): boolean {
    const { sides, watched } = this.#ground;
    return parts.hasWatched || (watched.size > 0 && sides.entities.some(({ owner }) => watched.has(owner)));
  }

  #describe(found: { tx: TransactionView; parts: TransactionParts; value: number; watched: boolean }): Transfer {
    const { tx, parts, value, watched } = found;
    const { outputs } = parts;
    const { block, network, sha256, sides, labels } = this.#ground;
    const to = largestPayment(parts);
    const script = block.subarray(outputs.start[to] ?? 0, outputs.end[to] ?? 0);
    return {
      txid: txidOf(block, tx, sha256),
      txIndex: tx.index,
      value,
      totalIn: tx.totalIn,
      totalOut: tx.totalOut,
      fee: tx.totalIn - tx.totalOut,
      inputs: tx.inputs,
      outputs: tx.outputs,
      toAddress: to < 0 ? null : (addressOf(script, network, sha256) ?? null),
      toValue: to < 0 ? 0 : (outputs.value[to] ?? 0),
      coinAgeDays: this.#ageOf(parts),
      watched,
      from: labels.entities[sides.payer] ?? null,
      to: labels.entities[sides.payee] ?? null,
      kind: sides.kind ?? null,
    };
  }

  /** Mean age of the spent coins by value, in days. */
  #ageOf({ coins }: TransactionParts): number | null {
    let satBlocks = 0;
    let value = 0;
    for (let index = 0; index < coins.count; index += 1) {
      const madeAt = coins.height[index] ?? 0;
      if (madeAt < 0) return null;
      satBlocks += (coins.value[index] ?? 0) * (this.#ground.height - madeAt);
      value += coins.value[index] ?? 0;
    }
    return value === 0 ? null : satBlocks / value / BLOCKS_PER_DAY;
  }
}

/** The largest output that is not change; -1 where all is. */
function largestPayment({ outputs }: TransactionParts): number {
  let largest = -1;
  for (let index = 0; index < outputs.count; index += 1) {
    if ((outputs.isChange[index] ?? 0) === 1) continue;
    if (largest < 0 || (outputs.value[index] ?? 0) > (outputs.value[largest] ?? 0)) largest = index;
  }
  return largest;
}
