/** What people were told: insights, their statuses, events. */
export { getEventBounds, getStreamId, listEvents } from "./events.ts";
export type { StoredEvent } from "./events.ts";
export { findInsight, listInsights } from "./insights.ts";
export type { StoredInsight } from "./insight-rows.ts";
export { watchEvents } from "./watch-events.ts";
