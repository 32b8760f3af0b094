import { z } from "zod";
import type { SourceTransaction, TransactionAnswer } from "../chain-source.ts";
import { satsOfBtc } from "./amounts.ts";
import type { CoreRpc } from "./core-rpc.ts";
import { hashSchema } from "./node-state.ts";
import { ask } from "./open-rpc.ts";
import { notLikeCore, RPC_CODES, rpcCodeOf } from "./rpc-errors.ts";

/** Of the outputs, which may be thousands, so many are told one by one. */
const MOST_OUTPUTS = 100;
/** With fee, where the node has undo data; before Core 24 it is read as "with JSON". */
const WITH_FEE = 2;

const outputSchema = z.object({
  value: z.number(),
  scriptPubKey: z.object({ address: z.string().max(120).optional(), type: z.string().max(40) }),
});

const transactionSchema = z.object({
  txid: z.string(),
  size: z.int().positive(),
  weight: z.int().positive(),
  fee: z.number().optional(),
  vin: z.array(z.object({ coinbase: z.string().optional() })).min(1),
  vout: z.array(outputSchema),
  blockhash: hashSchema.optional(),
});

const headerSchema = z.object({ height: z.int().min(0), time: z.int().min(0), confirmations: z.int() });

/** By `getrawtransaction`: what waits in the node's mempool, and with `txindex=1` what was ever mined. */
export async function findTransaction(rpc: CoreRpc, txid: string, signal: AbortSignal): Promise<TransactionAnswer> {
  const options = { signal, retries: 0 };
  try {
    const params = [txid, WITH_FEE];
    const reply = await ask(rpc, { method: "getrawtransaction", params, schema: transactionSchema, ...options });
    const header =
      reply.blockhash &&
      (await ask(rpc, { method: "getblockheader", params: [reply.blockhash], schema: headerSchema, ...options }));
    // A block of a branch that lost has the transaction, but the chain need not.
    const block =
      header === undefined || reply.blockhash === undefined || header.confirmations < 1
        ? null
        : { hash: reply.blockhash, height: header.height, time: header.time };
    return { found: transactionOf(reply, block) };
  } catch (error) {
    if (rpcCodeOf(error) !== RPC_CODES.unknownBlock) throw error;
    return { found: null, reason: /txindex/i.test(String(error)) ? "no-index" : "unknown" };
  }
}

function transactionOf(
  { txid, size, weight, fee, vin, vout }: z.infer<typeof transactionSchema>,
  block: SourceTransaction["block"],
): SourceTransaction {
  const outputs = vout.map(({ value, scriptPubKey: { address, type } }) => ({
    value: satsOf(value),
    address: address ?? null,
    type,
  }));
  return {
    txid,
    block,
    size,
    weight,
    fee: fee === undefined ? null : satsOf(fee),
    coinbase: vin[0]?.coinbase !== undefined,
    inputs: vin.length,
    outputs: outputs.slice(0, MOST_OUTPUTS),
    outputCount: outputs.length,
    valueOut: outputs.reduce((sum, { value }) => sum + value, 0),
  };
}

function satsOf(btc: number): number {
  const sats = satsOfBtc(btc);
  if (sats === undefined) throw notLikeCore(`getrawtransaction: ${btc} is no amount of bitcoin`);
  return sats;
}
