/** What was said about blocks to come and what came of it: a chain of entries that only grows. */
export { listCurrentForecasts } from "./current-forecasts.ts";
export { listDecidedClaims, listOpenPredictions } from "./open-predictions.ts";
export type { DecidedClaim } from "./open-predictions.ts";
export { listResolved } from "./resolved-predictions.ts";
export type { ResolvedPrediction } from "./resolved-predictions.ts";
export { findHead } from "./find-head.ts";
export { readScorecard } from "./scores.ts";
export type { KindScores, Scorecard } from "./scores.ts";
export { savePredictions } from "./save-predictions.ts";
export { verifyScorecard } from "./verify-scorecard.ts";
