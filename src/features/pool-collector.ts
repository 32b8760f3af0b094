import type { BlockVisitor, OutputView, TransactionView } from "#bitcoin";
import type { PoolAttribution } from "./block-features.ts";
import { coinbaseText } from "./coinbase-text.ts";
import type { LabelLookup } from "./label-lookup.ts";

/** Who mined the block: the payout address tells first, then the tag in the coinbase text, which anyone can forge. */
export class PoolCollector implements BlockVisitor {
  readonly #block: Uint8Array;
  readonly #labels: LabelLookup;
  #byAddress: string | undefined;

  constructor(block: Uint8Array, labels: LabelLookup) {
    this.#block = block;
    this.#labels = labels;
  }

  output(output: OutputView, tx: TransactionView): void {
    if (tx.index > 0 || this.#byAddress !== undefined) return;
    this.#byAddress = this.#labels.poolByPayoutScript(this.#block.subarray(output.scriptStart, output.scriptEnd));
  }

  attribution(coinbaseScript: Uint8Array): PoolAttribution | null {
    if (this.#byAddress !== undefined) return { name: this.#byAddress, by: "address" };
    const byTag = this.#labels.poolByCoinbaseText(coinbaseText(coinbaseScript));
    return byTag === undefined ? null : { name: byTag, by: "tag" };
  }
}
