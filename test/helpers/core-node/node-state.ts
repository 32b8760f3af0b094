import type { EventEmitter } from "node:events";
import type { Network } from "#bitcoin";
import type { Written } from "./amount.ts";
import type { MempoolState } from "./mempool-state.ts";
import type { NodeChain } from "./node-chain.ts";
import type { ZmqPublisher } from "./zmq-publisher.ts";

export type ClaimedTip = { readonly height: number; readonly hash: string };

/** What all answers are made from. */
export type NodeState = {
  readonly network: Network;
  /** Core's major version. */
  readonly version: number;
  readonly chain: NodeChain;
  readonly mempool: MempoolState;
  readonly zmq: ZmqPublisher | undefined;
  readonly waitForNewBlock: boolean;
  readonly rest: boolean;
  readonly txIndex: boolean;
  /** Blocks below it are deleted. */
  readonly pruneHeight: number | undefined;
  /** `tip` when the tip, or what the node claims of it, changes. */
  readonly news: EventEmitter;
  /** A tip that it says it has, and has not. */
  claimedTip: ClaimedTip | undefined;
  /** What it says while it starts. */
  warmUp: string | undefined;
  /** What `getblock 3` answers of a block, written before anybody asks. */
  prepared: { readonly hash: string; readonly transactions: Written } | undefined;
  /** Below 1 while it is behind its peers. */
  verificationProgress: number;
};

export function tipOf({ chain, claimedTip }: NodeState): ClaimedTip {
  return claimedTip ?? chain.tip;
}
