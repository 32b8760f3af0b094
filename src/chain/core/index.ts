/**
 * A Bitcoin Core node as a source: JSON-RPC, REST and ZMQ over one login, and what the node can do found out by asking.
 * Deliberately not here: how a tip is followed (`../follow`), and what waits in its mempool (`mempool/`).
 * Start with open-core.ts; core-http.ts has what can go wrong on the way to the node.
 */
export { networkOfPort, parseCoreSpec } from "./core-spec.ts";
export type { CoreSpec } from "./core-spec.ts";
export { openCore } from "./open-core.ts";
export { findNetworkOfCore, openCoreNode } from "./open-node.ts";
