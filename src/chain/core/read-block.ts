import { AppError } from "#lib";
import type { BlockRef, ChainBlock } from "../chain-source.ts";
import { readBlockReply } from "./block-json.ts";
import { type CoreHttp, type HttpAnswer, readAll } from "./core-http.ts";
import type { CoreRpc } from "./core-rpc.ts";
import { readNodeState } from "./node-state.ts";
import { requestBody } from "./open-rpc.ts";
import { badReply, isRestClosed, type NodeError, RPC_CODES, rpcError } from "./rpc-errors.ts";

export type BlockPlace = { readonly http: CoreHttp; readonly rpc: CoreRpc };

/** A node may have to read and render for long what is deep in its files; the JSON of a block has up to 15 MB. */
const PATIENCE = 4;
const LARGEST = { block: 4_000_000, spent: 256_000_000 } as const;

const BLOCK_ID = 1;

/** By `getblock <hash> 3`, which has the height of each coin that is spent. */
export async function readJsonBlock(place: BlockPlace, ref: BlockRef, signal: AbortSignal): Promise<ChainBlock> {
  const { http } = place;
  const ask = {
    path: "/",
    body: requestBody({ id: BLOCK_ID, method: "getblock", params: [ref.hash, 3] }),
    what: `getblock ${ref.height}`,
  };
  const options = { signal, timeoutMs: PATIENCE * http.timeoutMs };
  const reply = await http.send(
    ask,
    async ({ body }) => {
      const read = await readBlockReply(body);
      if (read.error?.code === RPC_CODES.warmingUp) throw rpcError(http.url, "getblock", read.error);
      return read;
    },
    options,
  );
  if (reply.error !== undefined) throw await unavailable(place, { ref, error: reply.error, signal });
  if (reply.id !== BLOCK_ID) throw badReply(http.url, "answers getblock with the reply to another question");
  const { bytes, spent, height } = reply.block(ref.hash);
  if (height !== ref.height) throw badReply(http.url, `gives block ${ref.height} the height ${height}`);
  if (spent === undefined) throw spentUnknown(http.url, ref);
  const origin = `${http.url} getblock ${ref.hash} 3`;
  return { ...ref, bytes, spent, origin: { block: origin, spent: origin } };
}

/** By REST: as the node has them, without the heights of the coins; `undefined` where it does not give both. */
export async function findRestBlock(
  { http }: BlockPlace,
  ref: BlockRef,
  signal: AbortSignal,
): Promise<ChainBlock | undefined> {
  const get = (path: string, limit: number): Promise<Uint8Array | undefined> =>
    findBytes(http, { path, limit }, signal);
  const paths = { block: `/rest/block/${ref.hash}.bin`, spent: `/rest/spenttxouts/${ref.hash}.bin` };
  const [bytes, spent] = await Promise.all([get(paths.block, LARGEST.block), get(paths.spent, LARGEST.spent)]);
  if (bytes === undefined || spent === undefined) return undefined;
  const origin = { block: `${http.url}${paths.block}`, spent: `${http.url}${paths.spent}` };
  return { ...ref, bytes, spent: { bytes: spent }, origin };
}

async function findBytes(
  http: CoreHttp,
  { path, limit }: { readonly path: string; readonly limit: number },
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  const read = async ({ status, body }: HttpAnswer): Promise<Uint8Array | undefined> => {
    const bytes = await readAll(http.url, body, limit);
    return status === 200 ? bytes : undefined;
  };
  try {
    return await http.send({ path, what: path }, read, { signal, timeoutMs: PATIENCE * http.timeoutMs });
  } catch (error) {
    // What a proxy keeps closed, JSON-RPC may still give.
    if (isRestClosed(error)) return undefined;
    throw error;
  }
}

type Refused = { readonly ref: BlockRef; readonly error: NodeError; readonly signal: AbortSignal };

/** Why a node does not give a block: it was pruned, or the node is just leaving its branch. */
async function unavailable({ http, rpc }: BlockPlace, { ref, error, signal }: Refused): Promise<AppError> {
  if (/pruned/i.test(error.message)) {
    const { lowestBlock } = await readNodeState(rpc, { signal });
    return prunedBelow(http.url, lowestBlock, ref.height);
  }
  const passing: readonly number[] = [RPC_CODES.unknownBlock, RPC_CODES.misc, RPC_CODES.internal];
  if (!passing.includes(error.code)) return rpcError(http.url, "getblock", error);
  const message = `The node at ${http.url} does not have block ${ref.height} (${ref.hash}): ${error.message} (${error.code})`;
  return new AppError("CHAIN_BLOCK_UNAVAILABLE", message, { details: { height: ref.height }, retryable: true });
}

function prunedBelow(url: string, lowestBlock: number, height: number): AppError {
  const at = lowestBlock.toLocaleString("en-US");
  const asked = height.toLocaleString("en-US");
  const message = `The node at ${url} is pruned below height ${at}: block ${asked}, which comes next, is gone. A node that keeps it (prune=0, or a larger prune) helps, or an empty data directory, which begins at ${at}.`;
  return new AppError("CHAIN_PRUNED", message, { details: { lowestBlock, height } });
}

/** `getblock 3` leaves prevouts out where the node has no undo data: a block that it has not connected (yet). */
function spentUnknown(url: string, { height, hash }: BlockRef): AppError {
  const message = `The node at ${url} does not know what block ${height} (${hash}) spends: it is not, or not yet, part of its chain.`;
  return new AppError("CHAIN_BLOCK_UNAVAILABLE", message, { details: { height }, retryable: true });
}
