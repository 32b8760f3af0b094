/**
 * The simulated network: an economy of made-up pools, exchanges, whales and users that makes real block bytes with the
 * outputs they spend, a mempool between them, and branches that lose. One seed, one chain: the same bytes on every
 * machine, in one go, in pieces or after a restart.
 * Deliberately not here: anything that looks at a block as the rest of the program does.
 * Start with economy/ (the world → what happens next); chain-walk.ts moves along it; simnet-source.ts adds clock,
 * snapshots and what people stage; known-by-genesis.ts is what block 0 tells of a chain that comes from elsewhere.
 */
export { ChainWalk } from "./chain-walk.ts";
export { advance, createWorld, DENSITIES, simulatedName } from "./economy/index.ts";
export type { DensityName, Happening, LedgerEntry, StagedKind } from "./economy/index.ts";
export { knownByGenesis } from "./known-by-genesis.ts";
export { findSimnetId, openIdentity, type SimnetPlace } from "./open-identity.ts";
export { type OngoingEvent, readLedger } from "./read-ledger.ts";
export { describeSimulation, simulateWithTruth } from "./simulate-with-truth.ts";
export type { SimulatedStep, SimulationOrder, UnfinishedEvent, VisibleTransaction } from "./simulate-with-truth.ts";
export { openSimnet } from "./simnet-source.ts";
export { STAGEABLE_EVENTS } from "./stage-event.ts";
export type { StagedRecord } from "./staged-events.ts";
