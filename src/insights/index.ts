/**
 * Signals → statements that a person reads in five seconds and can check: headline, summary, evidence.
 * Pure, and by templates over typed slots: a text holds no number that its evidence does not.
 * Deliberately not here: what stands out (`signals`), where statements are kept (`store`).
 * replay/ computes a published insight again from a bundle of rows, which anybody can have.
 * verify/ reads any text about an insight, ours or not, and refuses what its evidence does not back.
 * Start with compose-insight.ts; units and rounding are decided in write-text.ts.
 */
export { composeInsight } from "./compose-insight.ts";
export { verifyText } from "./verify/verify-text.ts";
export { writeClaim } from "./write-claim.ts";
export { bundleRowOf } from "./replay/bundle-row-of.ts";
export { listDifferences, type Difference } from "./replay/list-differences.ts";
export type { BundleHead, BundleRow, InsightBundle } from "./replay/insight-bundle.ts";
export { parseBundle } from "./replay/parse-bundle.ts";
export { writeBundle } from "./replay/write-bundle.ts";
export { lookBackOfKind, programOf, replayInsight } from "./replay/replay-insight.ts";
export { listChangedParts, sealBundle } from "./replay/seal-bundle.ts";
export type { Finding } from "./verify/finding.ts";
export type { Told } from "./verify/read-mentions.ts";
export type { ComposeContext } from "./compose-insight.ts";
export type {
  Evidence,
  EvidenceBlock,
  EvidenceMetric,
  EvidenceTransaction,
  Insight,
  InsightCategory,
  InsightStatus,
  Slot,
  Slots,
} from "./insight.ts";
