/** What a published insight follows from, as one file, and the insight computed from it again. */
export { bundleRowOf } from "./bundle-row-of.ts";
export { listDifferences, type Difference } from "./list-differences.ts";
export type { BundleHead, BundleRow, InsightBundle } from "./insight-bundle.ts";
export { parseBundle } from "./parse-bundle.ts";
export { writeBundle } from "./write-bundle.ts";
export { programOf, replayInsight } from "./replay-insight.ts";
export { listChangedParts, sealBundle } from "./seal-bundle.ts";
