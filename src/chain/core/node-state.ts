import { z } from "zod";
import { type BlockHash, type Network, NETWORKS, type NetworkName } from "#bitcoin";
import { AppError } from "#lib";
import type { BlockRef, SourceHealth } from "../chain-source.ts";
import type { CoreRpc, RpcOptions } from "./core-rpc.ts";
import { ask } from "./open-rpc.ts";
import { quoted } from "./rpc-errors.ts";

export const hashSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .transform((hash) => hash as BlockHash);

const heightSchema = z.int().min(0).max(0x7fff_ffff);

const stateSchema = z.object({
  chain: z.string(),
  blocks: heightSchema,
  bestblockhash: hashSchema,
  verificationprogress: z.number(),
  initialblockdownload: z.boolean(),
  pruned: z.boolean(),
  pruneheight: heightSchema.optional(),
});

/** Where a node stands: one answer, so that height and hash are of the same block. */
export type NodeState = {
  /** As Core calls its network: `main`, `regtest`. */
  readonly chain: string;
  readonly tip: BlockRef;
  /** How much of the chain's transactions it has verified, by its own estimate, 0…1. */
  readonly progress: number;
  readonly catchingUp: boolean;
  /** The lowest block that it still has; 0 where it keeps them all. */
  readonly lowestBlock: number;
};

export async function readNodeState(rpc: CoreRpc, options: RpcOptions = {}): Promise<NodeState> {
  const state = await ask(rpc, { method: "getblockchaininfo", schema: stateSchema, ...options });
  return {
    chain: state.chain,
    tip: { height: state.blocks, hash: state.bestblockhash },
    progress: state.verificationprogress,
    catchingUp: state.initialblockdownload,
    lowestBlock: state.pruned ? (state.pruneheight ?? 0) : 0,
  };
}

/** Source: Core `util/chaintype.cpp`. */
const NETWORK_OF_CHAIN: Readonly<Record<string, Exclude<NetworkName, "simnet">>> = {
  main: "mainnet",
  test: "testnet3",
  testnet4: "testnet4",
  signet: "signet",
  regtest: "regtest",
};

export function networkOfChain(chain: string): Network {
  const name = NETWORK_OF_CHAIN[chain];
  if (name !== undefined) return NETWORKS[name];
  const known = Object.keys(NETWORK_OF_CHAIN).join(", ");
  const message = `The node is on a network that is not known here, "${quoted(chain)}". Known are ${known}.`;
  throw new AppError("CHAIN_NETWORK_UNKNOWN", message, { details: { chain: quoted(chain) } });
}

/** Following well says nothing of a node that is itself far behind. */
export function healthWith(state: NodeState, following: SourceHealth): SourceHealth {
  if (following.state !== "healthy" || !state.catchingUp) return following;
  const percent = Math.floor(state.progress * 100);
  const reason = `the node itself is at ${percent} %: block ${state.tip.height.toLocaleString("en-US")}`;
  return { state: "degraded", reason };
}
