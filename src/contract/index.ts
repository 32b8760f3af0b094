/**
 * Schemas of every request, response and event of API v1. Pure: no route, no database shape.
 * The API maps its rows to these by hand; the dashboard and the SDK know nothing else of the server.
 * Start with insights.ts.
 */
export { auditList, listAuditQuery } from "./audit.ts";
export { brief, briefList, listBriefsQuery } from "./briefs.ts";
export type { Brief, BriefList } from "./briefs.ts";
export { insightBundle } from "./bundle.ts";
export { insight, insightId, insightList, insightCategory, insightStatus, listInsightsQuery } from "./insights.ts";
export type { Insight, InsightList } from "./insights.ts";
export { liveness, monitoringStatus, readiness } from "./monitoring.ts";
export type { MonitoringStatus } from "./monitoring.ts";
export { forecastKind, forecastList, scorecard, scorecardQuery } from "./predictions.ts";
export type { ForecastList, Scorecard } from "./predictions.ts";
export { problem } from "./problem.ts";
export type { Problem } from "./problem.ts";
export { operatorLinkQuery, session } from "./session.ts";
export type { Session } from "./session.ts";
export { clientMessage, helloMessage, serverMessage, storedEvent } from "./stream.ts";
export type { ClientMessage, ServerMessage, StoredEvent } from "./stream.ts";
