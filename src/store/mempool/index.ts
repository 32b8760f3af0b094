/** What waited to be mined, as it was seen, and what was expected of the next block. */
export { getExpectation } from "./block-expectations.ts";
export { findNewestSnapshot } from "./newest-snapshot.ts";
export { listTemplates } from "./next-block-template.ts";
export { KEPT_TEMPLATES, saveMempoolSnapshot } from "./save-snapshot.ts";
export { streamSnapshots } from "./list-snapshots.ts";
