/**
 * Blocks from a server that somebody else runs: Esplora's HTTP API, which Blockstream, mempool.space and many
 * own instances answer. Polite in what it asks, and believes only what the blocks prove.
 * Deliberately not here: addresses, the mempool (`mempool-space/`).
 * Start with esplora-source.ts; what is verified stands in read-block.ts.
 */
export { findNetworkOfEsplora } from "./esplora-network.ts";
export { openEsplora } from "./esplora-source.ts";
export type { EsploraOptions } from "./esplora-source.ts";
export { estimateBackfill } from "./estimate-backfill.ts";
