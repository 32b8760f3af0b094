/**
 * Signals → statements that a person reads in five seconds and can check: headline, summary, evidence.
 * Pure, and by templates over typed slots: a text holds no number that its evidence does not.
 * Deliberately not here: what stands out (`signals`), where statements are kept (`store`).
 * replay/ computes a published insight again from a bundle of rows, which anybody can have.
 * verify/ reads any text about an insight, ours or not, and refuses what its evidence does not back.
 * brief/ chooses and words what a day held, feeds/ writes both for feed readers, chart.ts says what to draw.
 * Start with compose-insight.ts; units and rounding are decided in write-text.ts.
 */
export type { Brief, BriefItem, ChartPoint, Day, Picture, Standing } from "./brief/brief.ts";
export { writeBriefHtml } from "./brief/brief-html.ts";
export { writeBriefMarkdown } from "./brief/brief-markdown.ts";
export { changeOf, idsOfBrief, toldInBrief } from "./brief/brief-words.ts";
export { chooseEvents, composeBrief } from "./brief/compose-brief.ts";
export type { DayGround } from "./brief/compose-brief.ts";
export { dayBefore, dayOf, newestDueDay, spanOfDay } from "./brief/day.ts";
export { categoryOfKind, categoryOfSignal, KINDS_BY_SUBJECT } from "./category-of-signal.ts";
export { type BlockField, chartOf, type ChartSpec, type FlowSide } from "./chart.ts";
export { composeBlock } from "./compose-block.ts";
export { composeInsight, type ComposeContext } from "./compose-insight.ts";
export { composeUpdate, firstBlockOf, withClaimOf } from "./compose-update.ts";
export { escapeMarkup } from "./escape-markup.ts";
export { lookBackOfKind } from "./look-back-of-kind.ts";
export { isPublishedWith, type Publication } from "./publication.ts";
export { type FeedBrief, type FeedPlaces, writeBriefFeed, writeInsightFeed } from "./feeds/feeds.ts";
export { type Finding, listWords, type Told, verifyText } from "./verify/index.ts";
export { tagsOf } from "./tags.ts";
export { writeClaim } from "./write-claim.ts";
export { bundleRowOf, listChangedParts, listDifferences, parseBundle } from "./replay/index.ts";
export { programOf, replayInsight, sealBundle, writeBundle } from "./replay/index.ts";
export type { BundleHead, BundleRow, Difference, InsightBundle } from "./replay/index.ts";
export { writeSlot } from "./write-text.ts";
export { kindsOf } from "./kinds-of.ts";
export { HEADLINE_LENGTH } from "./write-headline.ts";
export type { Claim, Evidence, EvidenceBlock, EvidenceMetric, EvidenceTransaction, Insight } from "./insight.ts";
export type { InsightCategory, InsightStatus, Slot, Slots } from "./insight.ts";
