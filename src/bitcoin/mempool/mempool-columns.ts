/** One number of each transaction, by its slot: a mempool of 150,000 transactions is these arrays, not objects. */
export type MempoolColumns = {
  /** Satoshis. */
  readonly fee: Float64Array;
  readonly weight: Uint32Array;
  /** Weight by which fee rates count, never less than `weight`. */
  readonly rateWeight: Uint32Array;
  /** sat/vB of its chunk as the node says, 0 where it does not. */
  readonly reportedRate: Float64Array;
  /** 1 for what came since the last snapshot. */
  readonly fresh: Uint8Array;
  /** 1 where its cluster has to be computed anew. */
  readonly changed: Uint8Array;
  /** Number of the last listing that had it. */
  readonly listing: Uint32Array;
  /** Slot of the first transaction of its cluster, by transaction id. */
  readonly cluster: Int32Array;
  /** Slot of the transaction that stands for its chunk. */
  readonly chunk: Int32Array;
  /** Of the chunk, where the transaction stands for one: */
  readonly chunkRank: Uint32Array;
  readonly chunkRate: Float64Array;
  readonly chunkFee: Float64Array;
  readonly chunkWeight: Uint32Array;
  readonly chunkCount: Uint32Array;
};

export function createColumns(rows: number): MempoolColumns {
  return {
    fee: new Float64Array(rows),
    weight: new Uint32Array(rows),
    rateWeight: new Uint32Array(rows),
    reportedRate: new Float64Array(rows),
    fresh: new Uint8Array(rows),
    changed: new Uint8Array(rows),
    listing: new Uint32Array(rows),
    cluster: new Int32Array(rows),
    chunk: new Int32Array(rows),
    chunkRank: new Uint32Array(rows),
    chunkRate: new Float64Array(rows),
    chunkFee: new Float64Array(rows),
    chunkWeight: new Uint32Array(rows),
    chunkCount: new Uint32Array(rows),
  };
}

export function grownColumns(columns: MempoolColumns, rows: number): MempoolColumns {
  const grown = createColumns(rows);
  for (const name of Object.keys(grown) as (keyof MempoolColumns)[]) grown[name].set(columns[name]);
  return grown;
}
