import type { TransactionView } from "#bitcoin";

import type { LabelLookup } from "./label-lookup.ts";
import type { PoolEvidence } from "./pool-evidence.ts";
import type { Collector } from "./read-block.ts";
import type { TransactionParts } from "./transaction-parts.ts";

/** Who mined the block: the payout address tells first, then the tag in the coinbase text, which anyone can forge. */
export class PoolCollector implements Collector {
  readonly #block: Uint8Array;
  readonly #labels: LabelLookup;
  #byAddress: string | null = null;

  constructor(block: Uint8Array, labels: LabelLookup) {
    this.#block = block;
    this.#labels = labels;
  }

  take(tx: TransactionView, { outputs }: TransactionParts): void {
    for (let index = 0; tx.index === 0 && index < outputs.count && this.#byAddress === null; index += 1) {
      const script = this.#block.subarray(outputs.start[index] ?? 0, outputs.end[index] ?? 0);
      this.#byAddress = this.#labels.poolByPayoutScript(script) ?? null;
    }
  }

  evidence(coinbaseText: string): PoolEvidence {
    const byAddress = this.#byAddress;
    const byTag = this.#labels.poolByCoinbaseText(coinbaseText) ?? null;
    const name = byAddress ?? byTag;
    return {
      pool: name === null ? null : { name, by: byAddress === null ? "tag" : "address" },
      pool_by_address: byAddress,
      pool_by_tag: byTag,
      pool_disagrees: byAddress !== null && byTag !== null && byAddress !== byTag,
    };
  }
}
