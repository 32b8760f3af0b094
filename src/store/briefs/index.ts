/** Briefs as they were published, and what one is composed of. */
export { findBrief, findBriefNeighbours, listBriefs, saveBrief, type StoredBrief } from "./briefs.ts";
export { readChartPoints } from "./chart-points.ts";
export { readDay } from "./read-day.ts";
export { listFeedInsights, readStandings, type StandingAt } from "./standings.ts";
