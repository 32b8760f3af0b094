import type { MempoolTransaction } from "./mempool-state.ts";

type RecordedEntry = {
  readonly weight: number;
  readonly time: number;
  readonly height: number;
  readonly wtxid: string;
  readonly fees: { readonly base: number };
  readonly depends: readonly string[];
  readonly unbroadcast: boolean;
  readonly "bip125-replaceable": boolean;
};

/** From what a node answered to `getrawmempool true`. */
export function mempoolOf(recorded: Readonly<Record<string, RecordedEntry>>): MempoolTransaction[] {
  return Object.entries(recorded).map(([txid, entry]) => {
    const { fees, weight, time, height, wtxid, depends, unbroadcast } = entry;
    const fee = Math.round(fees.base * 1e8);
    return { txid, wtxid, weight, fee, time, height, depends, unbroadcast, replaceable: entry["bip125-replaceable"] };
  });
}
