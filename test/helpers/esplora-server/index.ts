/** A server that answers like Esplora, from real blocks, and plays the faults of public servers. */
export type { JsonInput, JsonTransaction } from "./esplora-json.ts";
export { readBlockFile, readRegtestChains, readServedBlock } from "./served-chain.ts";
export type { ServedBlock } from "./served-chain.ts";
export { startEsploraServer } from "./start-esplora-server.ts";
export type { EsploraServer, Fault } from "./start-esplora-server.ts";
