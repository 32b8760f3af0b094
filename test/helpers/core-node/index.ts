/**
 * A Bitcoin Core node for tests, over real HTTP and ZMQ: it answers as a real node did, from any list of blocks, and
 * plays the faults of nodes and networks. Held against what a real node answered in core-node.test.ts.
 * Start with core-node.ts.
 */
export type { CoreNode, CoreNodeOptions } from "./core-node.ts";
export type { PlannedFault } from "./faults.ts";
export { mempoolOf } from "./recorded-mempool.ts";
export type { MempoolTransaction } from "./mempool-state.ts";
export type { NodeBlock } from "./node-chain.ts";
export { readNodeFiles, readRegtestBlocks, withMadeUpCoinHeights } from "./read-node-files.ts";
export { startCoreNode } from "./start-core-node.ts";
