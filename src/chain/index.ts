/**
 * Where blocks come from: one `ChainSource` type, one file (or folder) per source.
 * Today: a directory of blocks (a set) and a simulated network (a chain with a tip).
 * Deliberately not here: what a block means, and anything stored.
 * Start with chain-source.ts.
 */
export type {
  BlockRef,
  BlockSetSource,
  ChainBlock,
  ChainEvent,
  ChainSource,
  FollowableSource,
  SourcePool,
} from "./chain-source.ts";
export { namingFile, openDirectory } from "./dir-source.ts";
export { networkOf, openSource, parseSourceSpec } from "./open-source.ts";
export type { SourceOptions, SourceSpec } from "./open-source.ts";
export { openSimnet } from "./simnet/index.ts";
