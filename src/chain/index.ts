/**
 * Where blocks come from: one `ChainSource` type, one file (or folder) per source.
 * `core/` asks a node, `core-files/` reads its files, `esplora/` asks somebody else's server, `simnet/` makes blocks up,
 * `failover/` takes the first of several that works; `export/` writes a simulated chain as files; `follow/` leads from what is stored to a source's tip, through
 * reorgs.
 * Deliberately not here: what a block means, and anything stored.
 * Start with chain-source.ts.
 */
export type {
  BlockRef,
  BlockSetSource,
  ChainBlock,
  ChainEvent,
  ChainLink,
  ChainSource,
  EventRequest,
  FollowableSource,
  HeightRange,
  SourceHealth,
  SourceLabels,
  SourcePool,
  StagedAnswer,
} from "./chain-source.ts";
export { followTip } from "./follow/follow-tip.ts";
export type { TipReader } from "./follow/tip-reader.ts";
export { namingFile, openDirectory } from "./dir-source.ts";
export { EXPORT_FORMATS, type ExportFormat, exportSimnet } from "./export/index.ts";
export { estimateBackfill } from "./esplora/index.ts";
export { guessNetwork } from "./guess-network.ts";
export { findNetwork, openSource, type SourceOptions } from "./open-source.ts";
export { isSameHealth } from "./same-health.ts";
export { advance, createWorld, DENSITIES, openSimnet, readLedger, STAGEABLE_EVENTS } from "./simnet/index.ts";
export { describeSimulation, findSimnetId, simulatedName, simulateWithTruth } from "./simnet/index.ts";
export type { LedgerEntry, OngoingEvent, SimnetPlace, SimulatedStep } from "./simnet/index.ts";
export type { SimulationOrder, StagedKind } from "./simnet/index.ts";
export type { StagedRecord, UnfinishedEvent, VisibleTransaction } from "./simnet/index.ts";
export { describeSpec, parseSourceSpec, type SourceSpec } from "./source-spec.ts";
export { type TriedSource, trySource } from "./try-source.ts";
export { isWorthWaitingFor } from "./worth-waiting.ts";
