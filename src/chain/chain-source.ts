import type { BlockHash, Network, SpentOutputs } from "#bitcoin";

export type BlockRef = { readonly height: number; readonly hash: BlockHash };

/** A block as a source delivers it: bytes, the outputs it spends, and where it came from (for messages). */
export type ChainBlock = BlockRef & {
  readonly bytes: Uint8Array;
  /** Absent where the source has the block alone; such a block can be looked at but is never stored. */
  readonly spent: SpentOutputs | undefined;
  /** What a message calls this block's block bytes and spent outputs, e.g. the two file names. */
  readonly origin: { readonly block: string; readonly spent: string };
};

export type ChainEvent =
  | { readonly type: "connect"; readonly block: ChainBlock }
  | { readonly type: "disconnect"; readonly block: BlockRef };

/** A pool that this source itself knows by the text in its coinbases (the simulation does). */
export type SourcePool = { readonly name: string; readonly tags: readonly string[] };

type SourceBasics = {
  /** As the setting names it: `dir:…`, `simnet:42`. */
  readonly name: string;
  readonly network: Network;
  /** What tells this chain from every other: the genesis hash, for the simulation with its seed. */
  readonly chainId: string;
  /** Whether spent outputs come with the height at which each coin was made. */
  readonly coinHeights: boolean;
  readonly pools: readonly SourcePool[];
  /** The chain's own clock, unix seconds: the wall clock on a real network, simulated time on a simulated one. */
  now(): number;
  close(): Promise<void>;
};

/** Connected blocks with a tip that moves. */
export type FollowableSource = SourceBasics & {
  readonly kind: "chain";
  tipHeight(): Promise<number>;
  /**
   * Yields what leads from `from` (absent: from before block 0) to the tip, and then whatever happens to the tip,
   * until the signal is aborted. Blocks come in order; a reorg is its disconnects, highest first, then connects.
   */
  follow(from: BlockRef | undefined, signal: AbortSignal): AsyncIterable<ChainEvent>;
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
