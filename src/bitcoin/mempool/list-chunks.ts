import type { Mempool } from "./mempool.ts";
import { updateChunks } from "./update-chunks.ts";

/** What a miner takes together. */
export type Chunk = {
  /** sat/vB. */
  readonly feeRate: number;
  readonly weight: number;
};

/** The chunks of all that is in it, the cheapest first. */
export function listChunks(mempool: Mempool): Chunk[] {
  updateChunks(mempool);
  const { chunk, chunkRate, chunkWeight } = mempool.columns;
  const chunks: Chunk[] = [];
  mempool.table.forEach((slot) => {
    if (chunk[slot] === slot) chunks.push({ feeRate: chunkRate[slot] ?? 0, weight: chunkWeight[slot] ?? 0 });
  });
  return chunks.toSorted((left, right) => left.feeRate - right.feeRate);
}
