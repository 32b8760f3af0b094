/**
 * Signals → statements that a person reads in five seconds and can check: headline, summary, evidence.
 * Pure, and by templates over typed slots: a text holds no number that its evidence does not.
 * Deliberately not here: what stands out (`signals`), where statements are kept (`store`).
 * Start with compose-insight.ts; units and rounding are decided in write-text.ts.
 */
export { composeInsight } from "./compose-insight.ts";
export { writeClaim } from "./write-claim.ts";
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
