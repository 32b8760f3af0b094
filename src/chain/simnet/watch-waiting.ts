import { displayHex, Mempool, type MempoolSnapshot, takeSnapshot, type Txid } from "#bitcoin";
import { LEAST_FEE_RATE, visibleMempool, type WaitingTransaction } from "./economy/index.ts";
import type { ChainWalk } from "./chain-walk.ts";

type Watching = {
  /** The walk at the tip; undefined while the history is made. */
  readonly walk: () => ChainWalk | undefined;
  readonly now: () => number;
  readonly sleep: (durationMs: number, signal: AbortSignal) => Promise<void>;
  readonly blockWeight: number;
};

const EVERY_MS = 1_000;

/** What waits, every second. */
export async function* watchWaiting(watching: Watching, signal: AbortSignal): AsyncGenerator<MempoolSnapshot> {
  const { walk, now, sleep, blockWeight } = watching;
  const mempool = new Mempool(blockWeight);
  const ids = new Map<WaitingTransaction, Txid>();
  while (!signal.aborted) {
    const at = walk();
    if (at?.tip !== undefined) {
      renew(mempool, ids, visibleMempool(at.world));
      yield takeSnapshot(mempool, { time: now(), tip: at.tip, minFeeRate: LEAST_FEE_RATE });
    }
    await sleep(EVERY_MS, signal);
  }
}

function renew(mempool: Mempool, ids: Map<WaitingTransaction, Txid>, waiting: readonly WaitingTransaction[]): void {
  const present = new Set(waiting);
  for (const [tx, txid] of ids) {
    if (present.has(tx)) continue;
    mempool.remove(txid);
    ids.delete(tx);
  }
  for (const tx of waiting) {
    if (ids.has(tx)) continue;
    const txid = displayHex(tx.txid) as Txid;
    ids.set(tx, txid);
    const parents = tx.parents.map((parent) => displayHex(parent.txid) as Txid);
    mempool.add({ txid, fee: tx.fee, weight: tx.weight, parents });
  }
}
