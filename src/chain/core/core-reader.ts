import { z } from "zod";
import { HEADER_SIZE, type Network, ParseError, scanBlock } from "#bitcoin";
import { AppError } from "#lib";
import type { BlockRef, ChainBlock } from "../chain-source.ts";
import { checkBody } from "../check-body.ts";
import type { TipReader } from "../follow/tip-reader.ts";
import type { RpcReply } from "./core-rpc.ts";
import type { CoreNode } from "./open-node.ts";
import { hashSchema, networkOfChain } from "./node-state.ts";
import { checked } from "./open-rpc.ts";
import { readAhead } from "./read-ahead.ts";
import { findRestBlock, readJsonBlock } from "./read-block.ts";
import { notLikeCore, RPC_CODES, rpcError } from "./rpc-errors.ts";

/** Blocks this near the tip are read one by one with the heights of their coins and checked; those of a longer way by REST. */
const NEAR_TIP = 6;
const AHEAD = { most: 4, bytes: 64_000_000 } as const;
/** A batch is answered as a whole: a longer one keeps a thread of the node busy for long. */
const CALLS_AT_ONCE = 500;

const headerSchema = z.string().regex(new RegExp(`^[0-9a-f]{${HEADER_SIZE * 2}}$`));

export function createCoreReader(node: CoreNode): TipReader {
  let heardAt: number | undefined;
  return {
    readTip: async (signal) => {
      heardAt = node.news.heardAt();
      node.news.clear();
      return readTip(node, signal);
    },
    heardAt: () => heardAt,
    listHashes: ({ first, last }, signal) => {
      const heights = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => [first + index]);
      return askAll(node, { method: "getblockhash", params: heights, schema: hashSchema }, signal);
    },
    listHeaders: async (hashes, signal) => {
      const params = hashes.map((hash) => [hash, false]);
      const headers = await askAll(node, { method: "getblockheader", params, schema: headerSchema }, signal);
      return headers.map((hex) => Buffer.from(hex, "hex"));
    },
    readBlocks: (refs, signal) => readBlocks(node, refs, signal),
    waitForNews: (tip, signal) => node.news.wait(tip, signal),
  };
}

async function readTip(node: CoreNode, signal: AbortSignal): Promise<BlockRef> {
  const { tip, chain } = await node.readState(signal);
  if (networkOfChain(chain) !== node.network) {
    const message = `The node at ${node.http.url} was on ${node.network.name} and is now on ${networkOfChain(chain).name}.`;
    throw new AppError("CHAIN_NETWORK_CHANGED", message);
  }
  return tip;
}

type SameCalls<Value> = {
  readonly method: string;
  readonly params: readonly (readonly unknown[])[];
  readonly schema: z.ZodType<Value>;
};

/** The results up to the first that the node does not have: the chain ends there, or has just been left. */
async function askAll<Value>(
  { rpc, http }: CoreNode,
  { method, params, schema }: SameCalls<Value>,
  signal: AbortSignal,
): Promise<readonly Value[]> {
  const values: Value[] = [];
  for (let start = 0; start < params.length; start += CALLS_AT_ONCE) {
    const calls = params.slice(start, start + CALLS_AT_ONCE).map((each) => ({ method, params: each }));
    for (const reply of await rpc.batch(calls, { signal })) {
      if (isMissing(reply)) return values;
      if (!reply.ok) throw rpcError(http.url, method, reply);
      values.push(checked(method, schema, reply.result));
    }
  }
  return values;
}

function isMissing(reply: RpcReply): boolean {
  return !reply.ok && (reply.code === RPC_CODES.invalidParameter || reply.code === RPC_CODES.unknownBlock);
}

function readBlocks(node: CoreNode, refs: readonly BlockRef[], signal: AbortSignal): AsyncIterable<ChainBlock> {
  const highest = refs.at(-1)?.height ?? 0;
  return readAhead(refs, {
    read: (ref, untilLeft) => readBlock(node, { ref, single: refs.length === 1, highest }, untilLeft),
    sizeOf: ({ bytes, spent }) => bytes.length + (spent?.bytes.length ?? 0),
    signal,
    ...AHEAD,
  });
}

type Wanted = { readonly ref: BlockRef; readonly single: boolean; readonly highest: number };

async function readBlock(node: CoreNode, { ref, single, highest }: Wanted, signal: AbortSignal): Promise<ChainBlock> {
  const tip = Math.max(node.lastState().tip.height, highest);
  const near = single || ref.height > tip - NEAR_TIP;
  const quick = near || !node.capabilities.restSpentOutputs ? undefined : await findRestBlock(node, ref, signal);
  return checkedBlock(quick ?? (await readJsonBlock(node, ref, signal)), near ? node.network : undefined);
}

/**
 * A damaged answer is noticed here, where asking again helps; whether it is the right block, the follower checks. With
 * a network the transactions are compared with what the header commits to, which takes too long for a long way.
 */
function checkedBlock(block: ChainBlock, network: Network | undefined): ChainBlock {
  try {
    scanBlock(block.bytes, block.spent, {});
    if (network !== undefined) checkBody(block.bytes, network);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const source = error.document === "block" ? block.origin.block : block.origin.spent;
    throw notLikeCore(`${source}: ${error.path}: ${error.reason}, at byte ${error.offset}`, error);
  }
  return block;
}
