import type { Network } from "#bitcoin";
import type { PlannedFault } from "./faults.ts";
import type { MempoolState } from "./mempool-state.ts";
import type { NodeBlock } from "./node-chain.ts";
import type { ClaimedTip } from "./node-state.ts";
import type { ZmqPublisher } from "./zmq-publisher.ts";

export type CoreNodeOptions = {
  readonly network: Network;
  /** In the order in which the node heard of them, forks included. */
  readonly chain: readonly NodeBlock[];
  /** Where the active chain begins: a height of the branch with most work, or a hash; by default the best tip. */
  readonly tip?: number | string;
  /** Core's major version, 28 by default. REST `spenttxouts` comes with 30, chunks of the mempool with 31. */
  readonly version?: number;
  /** As with `-rest`; true by default. */
  readonly rest?: boolean;
  /** As with `-zmqpubhashblock` and `-zmqpubsequence`; false by default, true: a free port. */
  readonly zmq?: boolean | string;
  /** Whether `waitfornewblock` is there; true by default. */
  readonly waitForNewBlock?: boolean;
  /** As with `-txindex`; false by default. */
  readonly txIndex?: boolean;
  readonly pruneHeight?: number;
  /** By default the node writes a cookie file. */
  readonly login?: { readonly user: string; readonly password: string };
  /** What the node says while it starts, e.g. `Loading block index…`. */
  readonly warmUp?: string;
  /** Of all connections, so that a node may come back where it was; by default a free port. */
  readonly port?: number;
};

/** A node over real HTTP and ZMQ, with what a test does to it. */
export type CoreNode = {
  /** Without login: `http://127.0.0.1:8332`. */
  readonly url: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** `user:password`; there even where a login was given. */
  readonly cookieFile: string;
  /** The setting that leads here: `core:http://user:password@127.0.0.1:8332`. */
  readonly source: string;
  readonly tip: NodeBlock;
  readonly mempool: MempoolState;
  /** `undefined` where ZMQ is off. */
  readonly zmq: ZmqPublisher | undefined;
  /** Methods and REST routes (`rest/block`) in the order in which they were asked, each call of a batch. */
  readonly asked: readonly string[];
  readonly counts: {
    /** Calls of a method or route. */
    of(method: string): number;
    readonly httpRequests: number;
    readonly connections: number;
  };
  /** More blocks that the node may be moved to. */
  addBlocks(blocks: readonly NodeBlock[]): void;
  /** Moves the active chain there, through a reorg if need be, and tells of it as a node does. */
  setTip(where: number | string): void;
  /** Connects the next blocks on the way to most work, or reorganises to it; false where there is none left. */
  advance(blocks?: number): boolean;
  /** Writes what it will answer of the next block, so that it is as fast as a node that is no test. */
  prepareNext(): void;
  /** Says that it has another tip, and tells of it, until it is told `undefined`. */
  lie(tip: ClaimedTip | undefined): void;
  /** Core's words, e.g. `Verifying blocks…`; `undefined`: it is up. */
  setWarmUp(words: string | undefined): void;
  /** Below 1 the node is in its initial block download. */
  setVerificationProgress(progress: number): void;
  failNext(fault: PlannedFault): void;
  clearFaults(): void;
  stop(): Promise<void>;
};
