import { displayHex, type Network } from "#bitcoin";
import { btc, type Written } from "./amount.ts";
import {
  decodeBlock,
  decodeSpent,
  type DecodedInput,
  type DecodedOutput,
  type DecodedTransaction,
} from "./decode-block.ts";
import type { IndexedBlock, NodeChain } from "./node-chain.ts";
import { asmOf, hex, scriptJson } from "./script-json.ts";

export type JsonContext = {
  readonly chain: NodeChain;
  readonly network: Network;
  /** Core's major version. */
  readonly version: number;
  /** Transactions of a block with what they spend, written before anybody asks. */
  readonly prepared?: { readonly hash: string; readonly transactions: Written } | undefined;
};

const MEDIAN_TIME_SPAN = 11;

/** `getblockheader true`, which is also how `getblock` begins. */
export function headerJson(block: IndexedBlock, { chain, version }: JsonContext): Record<string, unknown> {
  const { header } = block;
  const active = chain.isActive(block);
  const next = active ? chain.at(block.height + 1) : undefined;
  return {
    hash: block.hash,
    confirmations: active ? chain.tip.height - block.height + 1 : -1,
    height: block.height,
    version: header.version,
    versionHex: (header.version >>> 0).toString(16).padStart(8, "0"),
    merkleroot: displayHex(header.merkleRoot),
    time: header.time,
    mediantime: medianTime(block),
    nonce: header.nonce,
    bits: header.bits.toString(16).padStart(8, "0"),
    ...(version >= 29 ? { target: targetHex(header.bits) } : {}),
    difficulty: difficulty(header.bits),
    chainwork: workHex(block.chainWork),
    nTx: decodeBlock(block.bytes).length,
    ...(block.height === 0 ? {} : { previousblockhash: header.prevHash }),
    ...(next === undefined ? {} : { nextblockhash: next.hash }),
  };
}

/** `getblock` with verbosity 1, 2 or 3. `undefined` where verbosity 3 asks for what this block lacks. */
export function blockJson(block: IndexedBlock, verbosity: number, context: JsonContext): unknown {
  const transactions = decodeBlock(block.bytes);
  const overhead = block.bytes.length - transactions.reduce((sum, { size }) => sum + size, 0);
  const strippedsize = overhead + transactions.reduce((sum, { strippedSize }) => sum + strippedSize, 0);
  const size = block.bytes.length;
  const head = { ...headerJson(block, context), strippedsize, size, weight: strippedsize * 3 + size };
  if (verbosity === 1) return { ...head, tx: transactions.map(({ txid }) => txid) };
  const { spent } = block;
  if (spent?.coinHeights === undefined && verbosity >= 3) return undefined;
  if (verbosity >= 3 && context.prepared?.hash === block.hash) return { ...head, tx: context.prepared.transactions };
  const coins = spent === undefined ? [] : coinsOf(spent.bytes, spent.coinHeights);
  const options = { network: context.network, prevouts: verbosity >= 3, coinbases: coinbasesOf(context.chain) };
  return { ...head, tx: transactions.map((tx, index) => transactionJson(tx, coins[index] ?? [], options)) };
}

type SpentCoin = DecodedOutput & { readonly height: number | undefined };

function coinsOf(bytes: Uint8Array, heights: Uint32Array | undefined): SpentCoin[][] {
  let coin = -1;
  return decodeSpent(bytes).map((outputs) =>
    outputs.map((output) => {
      coin += 1;
      return { ...output, height: heights?.[coin] };
    }),
  );
}

/** By chain: ids of coinbases by the hash of their block. Blocks are not forgotten, so each is decoded once. */
const known = new WeakMap<NodeChain, Map<string, string>>();

/** Ids of all coinbases that the node has heard of: undo data does not keep what made a coin once it is read. */
function coinbasesOf(chain: NodeChain): ReadonlySet<string> {
  const ids = known.get(chain) ?? new Map<string, string>();
  known.set(chain, ids);
  for (const { hash, bytes } of chain.heard()) {
    if (ids.has(hash)) continue;
    const [coinbase] = decodeBlock(bytes);
    if (coinbase !== undefined) ids.set(hash, coinbase.txid);
  }
  return new Set(ids.values());
}

type TransactionOptions = {
  readonly network: Network;
  readonly prevouts: boolean;
  readonly coinbases: ReadonlySet<string>;
};

function transactionJson(tx: DecodedTransaction, coins: readonly SpentCoin[], options: TransactionOptions): unknown {
  const weight = tx.strippedSize * 3 + tx.size;
  const paid = tx.outputs.reduce((sum, { value }) => sum + value, 0);
  const fee = coins.reduce((sum, { value }) => sum + value, 0) - paid;
  return {
    txid: tx.txid,
    hash: tx.wtxid,
    version: tx.version,
    size: tx.size,
    vsize: Math.ceil(weight / 4),
    weight,
    locktime: tx.locktime,
    vin: tx.inputs.map((input, index) => inputJson(input, coins[index], options)),
    vout: tx.outputs.map(({ value, script }, n) => ({
      value: btc(value),
      n,
      scriptPubKey: scriptJson(script, options.network),
    })),
    ...(coins.length === 0 ? {} : { fee: btc(fee) }),
    hex: hex(tx.bytes),
  };
}

function inputJson(input: DecodedInput, coin: SpentCoin | undefined, options: TransactionOptions): unknown {
  const witness = input.witness.length === 0 ? {} : { txinwitness: input.witness.map(hex) };
  if (/^0+$/.test(input.txid)) return { coinbase: hex(input.script), ...witness, sequence: input.sequence };
  const prevout =
    coin === undefined || !options.prevouts
      ? {}
      : {
          prevout: {
            generated: options.coinbases.has(input.txid),
            height: coin.height,
            value: btc(coin.value),
            scriptPubKey: scriptJson(coin.script, options.network),
          },
        };
  return {
    txid: input.txid,
    vout: input.vout,
    scriptSig: { asm: asmOf(input.script, true), hex: hex(input.script) },
    ...witness,
    ...prevout,
    sequence: input.sequence,
  };
}

export function medianTime(block: IndexedBlock): number {
  const times: number[] = [];
  for (let at: IndexedBlock | undefined = block; at !== undefined && times.length < MEDIAN_TIME_SPAN; at = at.below) {
    times.push(at.header.time);
  }
  return times.toSorted((left, right) => left - right)[Math.floor(times.length / 2)] ?? 0;
}

/** Core `rpc/blockchain.cpp`, GetDifficulty, with the 16 digits that it writes. */
export function difficulty(bits: number): number {
  return Number(((0xffff / (bits & 0xffffff)) * 256 ** (29 - (bits >>> 24))).toPrecision(16));
}

export function workHex(work: bigint): string {
  return work.toString(16).padStart(64, "0");
}

export function targetHex(bits: number): string {
  return workHex(BigInt(bits & 0x7f_ffff) << BigInt(8 * ((bits >>> 24) - 3)));
}
