import type { Mempool } from "./mempool.ts";

const TXID_BYTES = 32;

/** Ids of the transactions that these chunks hold, as `MempoolSnapshot.nextBlockTxids` tells them. */
export function listNextBlock({ table, columns, blockWeight }: Mempool, chunks: readonly number[]): Uint8Array | null {
  const weight = chunks.reduce((sum, chunk) => sum + (columns.chunkWeight[chunk] ?? 0), 0);
  // What fits into no block is projected into one all the same, but nobody can expect it to be mined.
  if (weight > blockWeight) return null;
  const taken = new Set(chunks);
  const slots: number[] = [];
  table.forEach((slot) => {
    if (taken.has(columns.chunk[slot] ?? slot)) slots.push(slot);
  });
  slots.sort((left, right) => table.compare(left, right));
  const txids = new Uint8Array(slots.length * TXID_BYTES);
  const view = new DataView(txids.buffer);
  for (const [index, slot] of slots.entries()) table.writeAt(slot, view, index * TXID_BYTES);
  return txids;
}
