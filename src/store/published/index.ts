/** What people were told: insights, their statuses, events. */
export { getEventBounds, getStreamId, listEvents } from "./events.ts";
export type { StoredEvent } from "./events.ts";
export { findInsight, listInsights, listInsightsAt } from "./insights.ts";
export { findBundle } from "./insight-bundle.ts";
export type { StoredInsight } from "./insight-rows.ts";
export * as search from "./search/index.ts";
export { watchEvents } from "./watch-events.ts";
