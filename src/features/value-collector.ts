import type { SpentOutputs, TransactionView } from "#bitcoin";
import type { Collector } from "./read-block.ts";
import { NO_SCRIPT, type ScriptBook } from "./script-book.ts";
import type { TransactionParts } from "./transaction-parts.ts";

const SATS_PER_COIN = 100_000_000;

/** Transactions that move so many satoshis or more. */
type Band = { readonly from: number; count: number; value: number };

/**
 * What a block moves, in satoshis. An output is change where its script is among those that its transaction spends
 * from; what is left is moved. The coinbase moves nothing.
 */
export class ValueCollector implements Collector {
  change = 0;
  moved = 0;
  /** Of what was moved, how much is moved once more in this very block; only where heights are known. */
  movedAgain = 0;
  /** 100 and 1,000 BTC: from here on the field speaks of large and of very large transfers. */
  readonly large: Band = { from: 100 * SATS_PER_COIN, count: 0, value: 0 };
  readonly veryLarge: Band = { from: 1_000 * SATS_PER_COIN, count: 0, value: 0 };
  readonly #height: number;
  readonly #heightsKnown: boolean;
  readonly #book: ScriptBook;

  constructor(height: number, spent: SpentOutputs | undefined, book: ScriptBook) {
    this.#height = height;
    this.#heightsKnown = spent?.coinHeights !== undefined;
    this.#book = book;
  }

  take(tx: TransactionView, parts: TransactionParts): void {
    if (tx.index === 0) return;
    const moved = tx.totalOut - parts.change;
    this.change += parts.change;
    this.moved += moved;
    addTo(this.large, moved);
    addTo(this.veryLarge, moved);
    if (this.#heightsKnown) this.#followCoins(parts);
  }

  /** Change that is spent again was not moved before, so it is not taken off a second time. */
  #followCoins({ coins, outputs }: TransactionParts): void {
    for (let index = 0; index < coins.count; index += 1) {
      if (coins.height[index] !== this.#height) continue;
      this.movedAgain += this.#book.takePaid(coins.script[index] ?? NO_SCRIPT, coins.value[index] ?? 0);
    }
    for (let index = 0; index < outputs.count; index += 1) {
      if (outputs.isChange[index] === 1) continue;
      this.#book.notePaid(outputs.script[index] ?? NO_SCRIPT, outputs.value[index] ?? 0);
    }
  }
}

function addTo(band: Band, moved: number): void {
  if (moved < band.from) return;
  band.count += 1;
  band.value += moved;
}
