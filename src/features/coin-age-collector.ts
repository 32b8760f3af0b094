import type { BlockVisitor, SpentOutputs, SpentOutputView } from "#bitcoin";

const SATS_PER_COIN = 100_000_000;

/** Ten minutes a block: what heights alone tell of time. */
const BLOCKS_PER_DAY = 144;

/** How long the coins that a block spends have lain still. */
export class CoinAgeCollector implements BlockVisitor {
  readonly #height: number;
  readonly #known: boolean;
  #satBlocks = 0;

  constructor(height: number, spent: SpentOutputs | undefined) {
    this.#height = height;
    this.#known = spent?.coinHeights !== undefined;
  }

  spent({ value, height }: SpentOutputView): void {
    if (height !== undefined) this.#satBlocks += value * (this.#height - height);
  }

  /** BTC times days; `null` where the source does not know at which height the coins were made. */
  get coinDaysDestroyed(): number | null {
    return this.#known ? this.#satBlocks / SATS_PER_COIN / BLOCKS_PER_DAY : null;
  }
}
