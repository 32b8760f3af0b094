/** Insights by what is asked for: filters, counts, marked words, neighbours, and what came of what they claim. */
export { countAlike, type DecidedAlike } from "./count-alike.ts";
export { countInsights, hasMoreThan, type InsightCount, type InsightCounts } from "./count-insights.ts";
export type { InsightFilter } from "./insight-filter.ts";
export { listRelated } from "./list-related.ts";
export { type EnteredStatement, listStatements } from "./list-statements.ts";
export { MARKS, markWords } from "./mark-words.ts";
