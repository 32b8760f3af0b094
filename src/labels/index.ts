/**
 * Who owns an address, and who signs a coinbase. First version: the mining pools that we know ourselves and those
 * that a source names.
 * Deliberately not here: label files, entities other than pools, anything stored.
 * Start with builtin-pools.ts.
 */
export { createPoolLookup } from "./pool-lookup.ts";
export type { PoolLookup } from "./pool-lookup.ts";
