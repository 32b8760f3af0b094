import { z } from "zod";
import type { BlockHash, Txid } from "#bitcoin";
import { satsOfBtc } from "../amounts.ts";
import { checked } from "../open-rpc.ts";
import { notLikeCore } from "../rpc-errors.ts";

const HASH = /^[0-9a-f]{64}$/;
const VBYTES_OF_KVB = 1_000;
const WEIGHT_OF_VBYTE = 4;

const amount = z.number();
const size = z.int().positive();

const entryReply = z.object({
  vsize: size,
  weight: size,
  fees: z.object({ base: amount, chunk: amount.optional() }),
  depends: z.array(z.string().regex(HASH)),
  spentby: z.array(z.string().regex(HASH)).optional(),
  chunkweight: size.optional(),
});

const infoReply = z.object({
  // Absent before Core 0.19.
  loaded: z.boolean().optional(),
  size: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  mempoolminfee: amount,
});

const chainReply = z.object({ blocks: z.int().nonnegative(), bestblockhash: z.string().regex(HASH) });

const listReply = z.object({ txids: z.array(z.unknown()), mempool_sequence: z.int().nonnegative() });

export type NodeEntry = {
  /** Satoshis, without what `prioritisetransaction` added: that is what other miners see. */
  readonly fee: number;
  readonly weight: number;
  readonly rateWeight: number;
  readonly parents: readonly Txid[];
  readonly children: readonly Txid[];
  readonly chunkRate?: number;
};

export type NodeMempoolInfo = {
  readonly loaded: boolean;
  readonly count: number;
  /** Virtual bytes of all, signature operations counted. */
  readonly bytes: number;
  /** sat/vB. */
  readonly minFeeRate: number;
};

export type NodeTip = { readonly height: number; readonly hash: BlockHash };

/** `sequence`: number of the next change of the mempool after this list. */
export type NodeListing = { readonly txids: readonly Txid[]; readonly sequence: number };

/** The reply of `getmempoolentry`. */
export function readEntry(reply: unknown): NodeEntry {
  const { vsize, weight, fees, depends, spentby, chunkweight } = checked("getmempoolentry", entryReply, reply);
  const entry = {
    fee: satsOf("getmempoolentry", fees.base),
    weight,
    rateWeight: vsize * WEIGHT_OF_VBYTE,
    parents: depends as Txid[],
    children: (spentby ?? []) as Txid[],
  };
  if (fees.chunk === undefined || chunkweight === undefined) return entry;
  return { ...entry, chunkRate: (satsOf("getmempoolentry", fees.chunk) * WEIGHT_OF_VBYTE) / chunkweight };
}

export function readMempoolInfo(reply: unknown): NodeMempoolInfo {
  const { loaded, size: count, bytes, mempoolminfee } = checked("getmempoolinfo", infoReply, reply);
  return { loaded: loaded ?? true, count, bytes, minFeeRate: satsOf("getmempoolinfo", mempoolminfee) / VBYTES_OF_KVB };
}

export function readTip(reply: unknown): NodeTip {
  const { blocks, bestblockhash } = checked("getblockchaininfo", chainReply, reply);
  return { height: blocks, hash: bestblockhash as BlockHash };
}

/** The reply of `getrawmempool false true`. */
export function readListing(reply: unknown): NodeListing {
  const { txids, mempool_sequence: sequence } = checked("getrawmempool", listReply, reply);
  // By hand: a schema for each of 150,000 strings takes several times as long.
  for (const txid of txids) {
    if (typeof txid !== "string" || !HASH.test(txid)) throw notLikeCore("getrawmempool: a txid is none");
  }
  return { txids: txids as Txid[], sequence };
}

function satsOf(method: string, btc: number): number {
  const sats = satsOfBtc(btc);
  if (sats === undefined) throw notLikeCore(`${method}: ${btc} is no amount of bitcoin`);
  return sats;
}
