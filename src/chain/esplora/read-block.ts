import { blockHashOf, checkBlock, checkSpentScripts, HEADER_SIZE, type Network, ParseError } from "#bitcoin";
import { AppError, sha256 } from "#lib";
import type { BlockRef, ChainBlock } from "../chain-source.ts";
import { listTransactions } from "./block-transactions.ts";
import { fetchRawBlock } from "./esplora-api.ts";
import type { EsploraClient } from "./esplora-client.ts";
import { fetchSpentOutputs } from "./fetch-spent-outputs.ts";

export type BlockServer = { readonly client: EsploraClient; readonly network: Network };

/**
 * A block with the outputs that it spends. Nobody vouches for the server, so all is checked that can be without
 * running scripts: hash, proof of work, merkle root, witness commitment, height, ids and order of the transactions,
 * the outputs that their inputs name, the hashes in the spent scripts, and that no transaction pays out more than it
 * takes. What is left is the amount of a spent output, and its script where it holds no hash (p2pk, p2tr, bare
 * multisig): there the server is believed.
 */
export async function readVerifiedBlock(
  { client, network }: BlockServer,
  { height, hash }: BlockRef,
  signal: AbortSignal,
): Promise<ChainBlock> {
  const path = `${client.address}/block/${hash}`;
  const origin = { block: `${path}/raw`, spent: `${path}/txs` };
  const bytes = await fetchRawBlock(client, hash, signal);
  const transactions = checked(origin, () => {
    if (bytes.length >= HEADER_SIZE && blockHashOf(bytes.subarray(0, HEADER_SIZE), sha256) !== hash) {
      throw badBlock(`${origin.block}: is another block`);
    }
    checkBlock(bytes, { height, network }, sha256);
    return listTransactions(bytes);
  });
  const spent = await fetchSpentOutputs(client, { hash, transactions }, signal);
  checked(origin, () => checkSpentScripts(bytes, spent, sha256));
  return { height, hash, bytes, spent, origin };
}

function checked<Result>(origin: ChainBlock["origin"], check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const asked = error.document === "block" ? origin.block : origin.spent;
    throw badBlock(`${asked}: ${error.path}: ${error.reason}, at byte ${error.offset}`, error);
  }
}

/** Trying later may help: behind one address are many servers, of which one may be broken. */
export function badBlock(message: string, cause?: unknown): AppError {
  return new AppError("CHAIN_ESPLORA_BAD_BLOCK", message, { cause, retryable: true });
}
