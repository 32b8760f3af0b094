import type { Txid } from "../hashes.ts";
import type { Mempool } from "./mempool.ts";
import { clusterOf } from "./update-chunks.ts";

/**
 * All transactions in clusters in which something changed since the last snapshot. A node that reports chunks has other
 * ones for them now, also for those that did not change themselves.
 */
export function listChanged(mempool: Mempool): Txid[] {
  const found = new Set<number>();
  mempool.table.forEach((slot) => {
    if (mempool.columns.changed[slot] !== 1 || found.has(slot)) return;
    for (const member of clusterOf(mempool, slot)) found.add(member);
  });
  return Array.from(found, (slot) => mempool.table.txidAt(slot));
}
