/**
 * Writes a simulated chain as files that other sources read: a directory of blocks, or the data directory of a node.
 * Deliberately not here: how a block comes to be (`../simnet`), the format of a node's files (`../core-files`).
 * Start with export-simnet.ts.
 */
export { EXPORT_FORMATS, type ExportFormat, exportSimnet } from "./export-simnet.ts";
