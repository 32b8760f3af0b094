import type { Mempool, Txid } from "#bitcoin";
import type { CoreRpc, RpcCall, RpcReply } from "../core-rpc.ts";
import { RPC_CODES, rpcError } from "../rpc-errors.ts";
import { readEntry } from "./mempool-replies.ts";

/** One request has so many calls: a reply of some 300 kB, made while the node holds its mempool for a moment each. */
const BATCH_SIZE = 100;

export type MempoolNode = {
  readonly rpc: CoreRpc;
  /** The node's address for messages, without password. */
  readonly url: string;
};

type Wanted = { readonly txids: readonly Txid[]; readonly signal: AbortSignal };

/** Fetches these transactions into the mempool; those that the node has no more are left out. */
export async function fetchEntries(node: MempoolNode, mempool: Mempool, { txids, signal }: Wanted): Promise<void> {
  for (let begin = 0; begin < txids.length; begin += BATCH_SIZE) {
    const some = txids.slice(begin, begin + BATCH_SIZE);
    const calls = some.map((txid) => ({ method: "getmempoolentry", params: [txid] }));
    const replies = await node.rpc.batch(calls, { signal });
    for (const [index, txid] of some.entries()) {
      const reply = replies[index];
      if (reply === undefined || isGone(reply)) continue;
      mempool.add({ txid, ...readEntry(resultOf(node, calls[index], reply)) });
    }
  }
}

function isGone(reply: RpcReply): boolean {
  return !reply.ok && reply.code === RPC_CODES.unknownBlock;
}

/** @throws AppError `CHAIN_RPC_ERROR` where the node answered with an error */
export function resultOf({ url }: MempoolNode, call: RpcCall | undefined, reply: RpcReply | undefined): unknown {
  if (reply?.ok === true) return reply.result;
  throw rpcError(url, call?.method ?? "a call", reply ?? { code: RPC_CODES.misc, message: "no reply" });
}
