/**
 * Blocks and undo data straight from the files of a Bitcoin Core node (`blk*.dat`, `rev*.dat`, `xor.dat`).
 * Deliberately not here: following a tip (`../follow`), the formats of blocks and undos (`#bitcoin`).
 * Start with core-files-source.ts (core-files-writer.ts writes such files); files-index.ts finds the blocks, undo-finder.ts what belongs to them.
 */
export { findNetworkOfFiles, openCoreFiles } from "./core-files-source.ts";
export { CoreFilesWriter } from "./core-files-writer.ts";
