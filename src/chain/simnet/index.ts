/**
 * The simulated network: an economy of made-up pools, exchanges, whales and users that makes real block bytes with the
 * outputs they spend. One seed, one chain: the same bytes on every machine, in one go, in pieces or after a restart.
 * Deliberately not here: a mempool, reorgs, staged events; and nothing here looks at a block as the rest of the
 * program does.
 * Start with economy/ (state → next block); simnet-source.ts adds clock and snapshots.
 */
export { openSimnet } from "./simnet-source.ts";
