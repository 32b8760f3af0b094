import { displayHex, Mempool, type MempoolSnapshot, takeSnapshot, type Txid } from "#bitcoin";
import { LEAST_FEE_RATE, visibleMempool, type WaitingTransaction, type World } from "./economy/index.ts";
import type { BlockRef } from "../chain-source.ts";

/** What a node on the simulated chain sees waiting, from look to look. */
export class VisibleMempool {
  readonly #mempool: Mempool;
  readonly #ids = new Map<WaitingTransaction, Txid>();

  constructor(blockWeight: number) {
    this.#mempool = new Mempool(blockWeight);
  }

  /** Looks, at this time of the source's clock; what comes from now on is the inflow of the next look. */
  look(world: World, { time, tip }: { readonly time: number; readonly tip: BlockRef }): MempoolSnapshot {
    this.#renew(visibleMempool(world));
    return takeSnapshot(this.#mempool, { time, tip, minFeeRate: LEAST_FEE_RATE });
  }

  #renew(waiting: readonly WaitingTransaction[]): void {
    const ids = this.#ids;
    const present = new Set(waiting);
    for (const [tx, txid] of ids) {
      if (present.has(tx)) continue;
      this.#mempool.remove(txid);
      ids.delete(tx);
    }
    for (const tx of waiting) {
      if (ids.has(tx)) continue;
      const txid = displayHex(tx.txid) as Txid;
      ids.set(tx, txid);
      const parents = tx.parents.map((parent) => displayHex(parent.txid) as Txid);
      this.#mempool.add({ txid, fee: tx.fee, weight: tx.weight, parents });
    }
  }
}
