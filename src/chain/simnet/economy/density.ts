/** How much happens on the simulated chain. Part of the chain's identity: another density is another chain. */
export type Density = {
  readonly name: DensityName;
  readonly users: number;
  /** Transactions that people want to make in ten minutes, over the weeks. */
  readonly transactionsPerBlock: number;
  /** Weight units that a miner fills at most, the coinbase apart. */
  readonly blockWeight: number;
  /** Blocks' worth of transactions that may wait; what offers least is dropped beyond. */
  readonly waitingBlocks: number;
  /** Blocks that a first start has behind it, unless told otherwise: what is staged next is a newcomer's first. */
  readonly historyBlocks: number;
};

export type DensityName = "demo" | "realistic";

export const DENSITIES: Readonly<Record<DensityName, Density>> = {
  demo: {
    name: "demo",
    users: 300,
    transactionsPerBlock: 46,
    blockWeight: 56_000,
    waitingBlocks: 24,
    historyBlocks: 4_320,
  },
  realistic: {
    name: "realistic",
    users: 12_000,
    transactionsPerBlock: 4_000,
    blockWeight: 3_996_000,
    waitingBlocks: 12,
    historyBlocks: 2_016,
  },
};
