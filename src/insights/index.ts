/**
 * Signals → statements that a person reads in five seconds and can check: headline, summary, evidence.
 * Pure, and by templates over typed slots: a text holds no number that its evidence does not.
 * Deliberately not here: what stands out (`signals`), where statements are kept (`store`).
 * verify/ reads any text about an insight, ours or not, and refuses what its evidence does not back.
 * Start with compose-insight.ts; units and rounding are decided in write-text.ts.
 */
export { composeInsight } from "./compose-insight.ts";
export { listWords } from "./verify/lexicon.ts";
export { verifyText } from "./verify/verify-text.ts";
export { writeClaim } from "./write-claim.ts";
export { HEADLINE_LENGTH } from "./write-headline.ts";
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
