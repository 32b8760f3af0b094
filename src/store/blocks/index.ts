/** Blocks and everything that was derived from them, saved and undone as one. */
export { findBlockHeight } from "./block-height.ts";
export type { LabelledBlock } from "./flow-rows.ts";
export type { BlockToSave, StoredHeader } from "./block-rows.ts";
export { claimChain, findChain, refuseOtherChain } from "./chain-claim.ts";
export { getCursor } from "./cursor.ts";
export type { BlockPlace, Cursor } from "./cursor.ts";
export { listRecentFeatures, listRecentRows } from "./recent-rows.ts";
export { findLinkBelow } from "./links-below.ts";
export { listRecentLinks } from "./recent-links.ts";
export { listTransfers } from "./list-transfers.ts";
export type { StoredTransfer } from "./list-transfers.ts";
export { listFlows } from "./list-flows.ts";
export type { FlowQuery, StoredFlow } from "./list-flows.ts";
export { listQuiet, type StoredQuiet } from "./quiet-blocks.ts";
export { countRows } from "./row-counts.ts";
export { saveBlocks } from "./save-blocks.ts";
export { findFirstWithoutFlows, restateFlows } from "./save-flows.ts";
export { getTip } from "./tip.ts";
