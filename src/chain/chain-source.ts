import type { BlockHash, MempoolSnapshot, Network, SpentOutputs } from "#bitcoin";

export type BlockRef = { readonly height: number; readonly hash: BlockHash };

/** Both included. */
export type HeightRange = { readonly first: number; readonly last: number };

/** A block as one needs it to weigh the branch that it is part of. */
export type ChainLink = BlockRef & {
  /** Compact form of the header's target. */
  readonly bits: number;
};

/** A block as a source delivers it: bytes, the outputs it spends, and where it came from (for messages). */
export type ChainBlock = BlockRef & {
  readonly bytes: Uint8Array;
  /** Absent where the source has the block alone; such a block can be looked at but is never stored. */
  readonly spent: SpentOutputs | undefined;
  /** What a message calls this block's block bytes and spent outputs, e.g. the two file names. */
  readonly origin: { readonly block: string; readonly spent: string };
};

export type ChainEvent =
  | {
      readonly type: "connect";
      readonly block: ChainBlock;
      /** Height of the tip that the source is on its way to: the block's own where nothing more is known. */
      readonly tipHeight: number;
      /**
       * When the source told that its tip had moved here, by `performance.now()`. Absent for blocks on the way to a tip that
       * stood when it was first looked at, and where nothing was told.
       */
      readonly heardAt?: number;
    }
  | { readonly type: "disconnect"; readonly block: BlockRef };

/** A pool that this source itself knows by the text in its coinbases (the simulation does). */
export type SourcePool = { readonly name: string; readonly tags: readonly string[] };

/** Whose a script is, as a source knows by itself. */
export type SourceLabel = {
  readonly actor: string;
  readonly kind: "exchange" | "pool" | "custodian" | "service" | "simulated";
  readonly script: Uint8Array;
};

/** Labels that a source has of its own: those of everybody whom a simulation made up. */
export type SourceLabels = {
  /** Under which name they are kept beside those of files. */
  readonly name: string;
  /** Thousands; made anew with every call. */
  list(): Iterable<SourceLabel>;
};

/** How a source is doing, for a person. */
export type SourceHealth = {
  readonly state: "healthy" | "degraded" | "down";
  /** Why it is not healthy, or which of several is in use and why; `null` where there is nothing to say. */
  readonly reason: string | null;
};

/** What to stage on a simulated chain; what is left out is drawn. */
export type EventRequest = {
  readonly kind: string;
  readonly entity?: string | undefined;
  /** Bitcoin, or times the usual. */
  readonly size?: number | undefined;
  readonly blocks?: number | undefined;
};

/** What will happen; `null` where chance decides. */
export type StagedAnswer = {
  readonly kind: string;
  readonly entity: string | null;
  readonly size: number | null;
  readonly unit: "BTC" | "times";
  readonly blocks: number | null;
  /** Of the first block that it can be in. */
  readonly fromHeight: number;
  readonly simulated: true;
};

/** A transaction as a source knows it. Amounts are satoshis. */
export type SourceTransaction = {
  readonly txid: string;
  /** `null`: it waits to be mined. */
  readonly block: { readonly hash: string; readonly height: number; readonly time: number } | null;
  readonly size: number;
  readonly weight: number;
  /** `null` where the source does not tell. */
  readonly fee: number | null;
  readonly coinbase: boolean;
  readonly inputs: number;
  /** The first of them. */
  readonly outputs: readonly { readonly value: number; readonly address: string | null; readonly type: string }[];
  readonly outputCount: number;
  /** Of all outputs. */
  readonly valueOut: number;
};

/** `no-index`: the source tells of those alone that wait to be mined. */
export type TransactionAnswer =
  | { readonly found: SourceTransaction }
  | { readonly found: null; readonly reason: "unknown" | "no-index" };

type SourceBasics = {
  /** As the setting names it, without secrets: `dir:…`, `simnet:42`, `core:http://127.0.0.1:8332`. */
  readonly name: string;
  /** What it turned out to be, in a line for a person: version, network, what it can do. */
  readonly description: string;
  readonly network: Network;
  /** What tells this chain from every other: the genesis hash, for the simulation with its seed and density. */
  readonly chainId: string;
  readonly pools: readonly SourcePool[];
  /** Absent where the source names nobody but pools. */
  readonly labels?: SourceLabels;
  /** The chain's own clock, unix seconds: the wall clock on a real network, simulated time on a simulated one. */
  now(): number;
  close(): Promise<void>;
};

/** Connected blocks with a tip that moves. */
export type FollowableSource = SourceBasics & {
  readonly kind: "chain";
  /** Height of the block with which a caller begins that holds none. */
  readonly firstHeight: number;
  /** Weight units that a miner fills, the coinbase apart; absent where it is what the protocol allows. */
  readonly blockWeight?: number;
  tipHeight(): Promise<number>;
  health(): SourceHealth;
  /**
   * Yields what leads from the caller's chain to the tip, and then whatever happens to the tip, until the signal is
   * aborted. Blocks come in order; a reorg is its disconnects, highest first, then connects.
   * `held`: the newest blocks that the caller holds, ascending and connected, as many as may have to be undone. Empty:
   * the caller holds none and gets all blocks from the source's first on.
   */
  follow(held: readonly ChainLink[], signal: AbortSignal): AsyncIterable<ChainEvent>;
  /**
   * Header times of its chain in unix seconds, by height: 0 for a block that it does not know, fewer where the chain
   * ends before. Absent where it does not know of the blocks before those that it gives.
   */
  headerTimes?(heights: HeightRange, signal: AbortSignal): Promise<Uint32Array>;
  /**
   * Blocks of its best chain at these heights, each on top of the one before. Absent where it gives none but on the way
   * to its tip.
   * @throws AppError where it does not have them all
   */
  readRange?(heights: HeightRange, signal: AbortSignal): AsyncIterable<ChainBlock>;
  /** What waits to be mined, every few seconds; absent where the source sees no mempool. */
  watchMempool?(signal: AbortSignal): AsyncIterable<MempoolSnapshot>;
  /** A transaction by its id; absent where the source tells of none but within blocks. */
  findTransaction?(txid: string, signal: AbortSignal): Promise<TransactionAnswer>;
  /**
   * Stages an event now; absent where nothing is simulated, or nothing is kept.
   * @throws AppError that says what is wrong with the request
   */
  stageEvent?(request: EventRequest): Promise<StagedAnswer>;
};

/** Blocks that need not be connected: no tip, no order that means anything, no header context. */
export type BlockSetSource = SourceBasics & {
  readonly kind: "set";
  /** How many blocks there are. */
  readonly size: number;
  /** Ascending by height. */
  blocks(signal: AbortSignal): AsyncIterable<ChainBlock>;
};

export type ChainSource = FollowableSource | BlockSetSource;
