/**
 * Schemas of every request, response and event of API v1. Pure: no route, no database shape.
 * The API maps its rows to these by hand; the dashboard and the SDK know nothing else of the server.
 * Start with insights.ts.
 */
export * as accounts from "./accounts/index.ts";
export { auditList, denialList, listAuditQuery, listDenialsQuery, type AuditList, type DenialList } from "./audit.ts";
export { comment, commentList, feedback, feedbackList, feedbackStats, flagBody, moderationList } from "./feedback.ts";
export { commentBody, hideBody, listCommentsQuery, listFeedbackQuery, moderationQuery, rateBody } from "./feedback.ts";
export type { Comment, CommentList, Feedback, FeedbackStats, ModerationList } from "./feedback.ts";
export { backfillChange, backfillDetail, backfillJob, backfillList, startBackfill } from "./backfills.ts";
export type { BackfillChange, BackfillJob, BackfillList } from "./backfills.ts";
export { brief, type Brief, briefList, type BriefList, listBriefsQuery } from "./briefs.ts";
export { block, blockList, blockName, entityList, entitySeries, entitySeriesQuery, listBlocksQuery } from "./chain.ts";
export { poolShares, tip, transaction, transactionId, transferList, transfersQuery, windowQuery } from "./chain.ts";
export { transactionLookup, type TransactionLookup } from "./transaction-lookup.ts";
export type { Block, BlockLine, BlockList, EntityList, EntitySeries, PoolShares } from "./chain.ts";
export type { Transaction, TransferLine, TransferList } from "./chain.ts";
export { insightBundle } from "./bundle.ts";
export { pictureQuery } from "./charts.ts";
export { insightExplanation, type InsightExplanation } from "./explanation.ts";
export { hex32 as blockHash, insight, insightId, insightCategory, insightStatus, type Insight } from "./insights.ts";
export { countInsightsQuery, exportInsightsQuery, insightFacets, insightList } from "./insight-search.ts";
export { insightOutcome, listInsightsQuery, relatedInsights, type RelatedInsights } from "./insight-search.ts";
export type { Highlight, InsightFacets, InsightList, InsightOutcome } from "./insight-search.ts";
export * as esplora from "./esplora/index.ts";
export { glassnodeQuery, glassnodeSeries } from "./glassnode.ts";
export { mempoolHistory, mempoolHistoryQuery, mempoolNow, recommendedFees } from "./mempool.ts";
export type { MempoolHistory, MempoolNow, RecommendedFees } from "./mempool.ts";
export { liveness, type MonitoringStatus, monitoringStatus, readiness } from "./monitoring.ts";
export { forecastKind, forecastList, type ForecastList, scorecard, type Scorecard } from "./predictions.ts";
export { scorecardQuery } from "./predictions.ts";
export { problem, type Problem } from "./problem.ts";
export { operatorLinkQuery, session, type Session, signInAnswer, type SignInAnswer } from "./session.ts";
export { clientMessage, eventsQuery, helloMessage, serverMessage, storedEvent } from "./stream.ts";
export type { ClientMessage, ServerMessage, StoredEvent } from "./stream.ts";
export { insightMetrics, processingQuery, signalMetrics, systemMetrics, systemMetricsQuery } from "./system-metrics.ts";
export type { InsightMetrics, SignalMetrics, SystemMetrics } from "./system-metrics.ts";
export * as setup from "./setup/index.ts";
export { metricList, series, seriesQuery, type Metric, type MetricList, type Series } from "./series.ts";
