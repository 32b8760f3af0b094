import { once } from "node:events";
import { btc } from "./amount.ts";
import { blockJson, difficulty, headerJson, medianTime, targetHex, workHex } from "./block-json.ts";
import type { IndexedBlock } from "./node-chain.ts";
import { type NodeState, tipOf } from "./node-state.ts";
import { RPC_CODE, RpcError } from "./rpc-error.ts";
import { hex } from "./script-json.ts";

export type RpcMethod = (params: readonly unknown[], state: NodeState, signal: AbortSignal) => unknown;

export const RPC_METHODS: Readonly<Record<string, RpcMethod>> = {
  getbestblockhash: (_, state) => tipOf(state).hash,
  getblock: (params, state) => getBlock(params, state),
  getblockchaininfo: (_, state) => blockchainInfo(state),
  getblockcount: (_, state) => tipOf(state).height,
  getblockhash: ([height], state) => blockHash(height, state),
  getblockheader: ([hash, verbose], state) => {
    const block = findBlock(hash, state);
    return verbose === false ? hex(block.bytes.subarray(0, 80)) : headerJson(block, state);
  },
  getchaintips: (_, state) => chainTips(state),
  getmempoolentry: ([txid], { mempool }) => {
    const entry = mempool.entryJson(checkHash(txid, "txid"));
    if (entry === undefined) throw new RpcError(RPC_CODE.addressOrKey, "Transaction not in mempool");
    return entry;
  },
  getmempoolinfo: (_, { mempool }) => mempool.infoJson(),
  getnetworkinfo: (_, state) => networkInfo(state),
  getrawmempool: ([verbose, withSequence], { mempool }) => {
    if (verbose === true && withSequence === true) {
      throw new RpcError(RPC_CODE.parameter, "Verbose results cannot contain mempool sequence values.");
    }
    if (verbose === true) return mempool.entriesJson();
    return withSequence === true ? { txids: mempool.txids(), mempool_sequence: mempool.sequence } : mempool.txids();
  },
  getrawtransaction: ([txid], state) => rawTransaction(checkHash(txid, "parameter 1"), state),
  getzmqnotifications: (_, { zmq }) => zmq?.notifications ?? [],
  uptime: () => Math.floor(process.uptime()),
  waitfornewblock: (params, state, signal) => waitForNewBlock(params, state, signal),
};

function getBlock([hash, verbosity = 1]: readonly unknown[], state: NodeState): unknown {
  const block = findBlock(hash, state);
  if (isPruned(block, state)) throw new RpcError(RPC_CODE.misc, "Block not available (pruned data)");
  const level = Number(verbosity);
  if (level <= 0) return hex(block.bytes);
  const json = blockJson(block, level, state);
  if (json === undefined) {
    const reason = "This could be due to disk corruption or a conflict with a pruning event.";
    throw new RpcError(RPC_CODE.internal, `Undo data expected but can't be read. ${reason}`);
  }
  return json;
}

export function isPruned(block: IndexedBlock, { pruneHeight }: NodeState): boolean {
  return pruneHeight !== undefined && block.height < pruneHeight;
}

function findBlock(hash: unknown, { chain }: NodeState): IndexedBlock {
  const block = chain.find(checkHash(hash, "blockhash"));
  if (block === undefined) throw new RpcError(RPC_CODE.addressOrKey, "Block not found");
  return block;
}

function checkHash(value: unknown, name: string): string {
  if (typeof value !== "string") {
    throw new RpcError(RPC_CODE.type, `JSON value of type ${typeof value} is not of expected type string`);
  }
  if (value.length !== 64) {
    throw new RpcError(RPC_CODE.parameter, `${name} must be of length 64 (not ${value.length}, for '${value}')`);
  }
  if (!/^[0-9a-f]*$/i.test(value)) {
    throw new RpcError(RPC_CODE.parameter, `${name} must be hexadecimal string (not '${value}')`);
  }
  return value.toLowerCase();
}

function blockHash(height: unknown, { chain, claimedTip, network }: NodeState): string {
  if (typeof height !== "number") {
    throw new RpcError(RPC_CODE.type, `JSON value of type ${typeof height} is not of expected type number`);
  }
  if (height === claimedTip?.height) return claimedTip.hash;
  // A list of blocks may lack the first one; a node cannot.
  const hash = chain.at(height)?.hash ?? (height === 0 ? network.genesisHash : undefined);
  if (hash === undefined) throw new RpcError(RPC_CODE.parameter, "Block height out of range");
  return hash;
}

/** With JSON and fee, of what is mined alone. Source: Core `rpc/rawtransaction.cpp`. */
function rawTransaction(txid: string, state: NodeState): unknown {
  const { chain, txIndex } = state;
  for (const block of txIndex ? chain.heard() : []) {
    const { tx } = blockJson(block, 2, state) as { readonly tx: readonly { readonly txid: string }[] };
    const found = tx.find((each) => each.txid === txid);
    if (found === undefined) continue;
    const { hash: blockhash, height, header } = block;
    const confirmations = chain.isActive(block) ? chain.tip.height - height + 1 : 0;
    return { ...found, blockhash, confirmations, time: header.time, blocktime: header.time };
  }
  const reason = txIndex
    ? "No such mempool or blockchain transaction."
    : "No such mempool transaction. Use -txindex or provide a block hash to enable blockchain transaction queries.";
  throw new RpcError(RPC_CODE.addressOrKey, `${reason} Use gettransaction for wallet transactions.`);
}

const CHAIN_NAMES: Readonly<Record<string, string>> = { mainnet: "main", testnet3: "test" };

export function blockchainInfo(state: NodeState): Record<string, unknown> {
  const { chain, network, version, pruneHeight, verificationProgress } = state;
  const { tip } = chain;
  const { bits, time } = tip.header;
  const claimed = tipOf(state);
  return {
    chain: CHAIN_NAMES[network.name] ?? network.name,
    blocks: claimed.height,
    headers: Math.ceil(claimed.height / Math.max(verificationProgress, 0.001)),
    bestblockhash: claimed.hash,
    ...(version >= 29 ? { bits: bits.toString(16).padStart(8, "0"), target: targetHex(bits) } : {}),
    difficulty: difficulty(bits),
    time,
    mediantime: medianTime(tip),
    verificationprogress: verificationProgress,
    initialblockdownload: verificationProgress < 1,
    chainwork: workHex(tip.chainWork),
    size_on_disk: chain.heard().reduce((sum, { sizeOnDisk, bytes }) => sum + (sizeOnDisk ?? bytes.length), 0),
    pruned: pruneHeight !== undefined,
    ...(pruneHeight === undefined
      ? {}
      : { pruneheight: pruneHeight, automatic_pruning: true, prune_target_size: 576_716_800 }),
    warnings: version >= 28 ? [] : "",
  };
}

const REACHABLE: Readonly<Record<string, boolean>> = { ipv4: true, ipv6: true, onion: false, i2p: false, cjdns: false };

function networkInfo({ version }: NodeState): unknown {
  return {
    version: version === 28 ? 280_100 : version * 10_000,
    subversion: version === 28 ? "/Satoshi:28.1.0(inquisition)/" : `/Satoshi:${version}.0.0/`,
    protocolversion: 70_016,
    localservices: "0000000000000c09",
    localservicesnames: ["NETWORK", "WITNESS", "NETWORK_LIMITED", "P2P_V2"],
    localrelay: true,
    timeoffset: 0,
    networkactive: true,
    connections: 0,
    connections_in: 0,
    connections_out: 0,
    networks: Object.entries(REACHABLE).map(([name, reachable]) => ({
      name,
      limited: !reachable,
      reachable,
      proxy: "",
      proxy_randomize_credentials: false,
    })),
    relayfee: btc(100),
    incrementalfee: btc(1_000),
    localaddresses: [],
    warnings: version >= 28 ? [] : "",
  };
}

function chainTips({ chain }: NodeState): unknown {
  const heard = chain.heard();
  const parents = new Set(heard.map(({ below }) => below));
  return heard
    .filter((block) => block === chain.tip || (!parents.has(block) && !chain.isActive(block)))
    .toSorted((left, right) => right.height - left.height)
    .map((block) => {
      let branchlen = 0;
      for (let at: IndexedBlock | undefined = block; at !== undefined && !chain.isActive(at); at = at.below)
        branchlen += 1;
      return { height: block.height, hash: block.hash, branchlen, status: branchlen === 0 ? "active" : "valid-fork" };
    });
}

/** Since Core 30 a second parameter names the tip that the caller knows; before, two are answered with the help text. */
async function waitForNewBlock(params: readonly unknown[], state: NodeState, signal: AbortSignal): Promise<unknown> {
  if (!state.waitForNewBlock) throw new RpcError(RPC_CODE.methodNotFound, "Method not found");
  if (params.length > 1 && state.version < 30) throw new RpcError(RPC_CODE.misc, "waitfornewblock ( timeout )\n");
  const [timeout = 0, known = tipOf(state).hash] = params;
  const from = known === null ? tipOf(state).hash : known;
  const stop = timeout === 0 ? signal : AbortSignal.any([signal, AbortSignal.timeout(Number(timeout))]);
  while (tipOf(state).hash === from && !stop.aborted) {
    await once(state.news, "tip", { signal: stop }).catch(() => undefined);
  }
  const { hash, height } = tipOf(state);
  return { hash, height };
}
