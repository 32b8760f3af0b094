/**
 * Features and their recent history → what stands out. One detector per file, by what it watches: fees/, exchanges/,
 * whales/, miners/, blocks/, waves/, spending/; baseline/ says what is usual. What a signal claims about blocks to come
 * and what came of it is in outcomes/, how sure that is in calibration/, how good such claims and intervals were in
 * scoring/; forecasts/ says what comes, predictions/ holds what was said against what came, days/ takes days for blocks,
 * quiet/ says when not to trust a series.
 * Pure: a signal depends on the last blocks' rows and nothing else, so live, backfill and restart find the same.
 * Not here: words (`insights`), rows in a database (`store`). Start with detection.ts; each kind has a page in docs/signals/.
 */
export { calibrationOf, confidenceOf, isTaughtBeforehand, LEAST_OUTCOMES } from "./calibration/confidence.ts";
export type { Confidence } from "./calibration/confidence.ts";
export { BIN_BLOCKS } from "./baseline/lean.ts";
export type { Calibration } from "./calibration/calibration.ts";
export { learnFromOwn, type OwnOutcome } from "./calibration/learn-from-own.ts";
export { type DayFigures, feeRateOfDay } from "./days/day-figures.ts";
export { type DayFinding, findInDays, strongestOfKinds } from "./days/find-in-days.ts";
export { OUTLOOK_ODDS } from "./miners/difficulty-outlook.ts";
export { Detection, lookBackOf } from "./detection.ts";
export { DETECTORS } from "./detectors.ts";
export type { Detector } from "./detector.ts";
export { FOLLOWED_BLOCKS, POOL_OUTFLOWS, SPENDING_KINDS } from "./events/event-update.ts";
export type { EventUpdate, TimedSignal } from "./events/event-update.ts";
export { KINDS_OF_LABELS, type Quiet, type QuietBlock, type QuietReason, silence } from "./quiet/quiet.ts";
export { openStatement, resolveStatement, scoreOfStatement } from "./outcomes/resolve-statement.ts";
export type { OpenStatement } from "./outcomes/outcome-rule.ts";
export { brierScore, brierSkill } from "./scoring/brier.ts";
export { calibrate, type CalibrationMap, learnCalibration, type ScoredOutcome } from "./scoring/calibration-map.ts";
export type { ScoredForecast } from "./scoring/forecast.ts";
export { coverage, meanWidth, winklerScore } from "./scoring/interval-scores.ts";
export { perfectErrorBand } from "./scoring/perfect-forecaster.ts";
export { poissonLimit } from "./scoring/poisson-limit.ts";
export { expectedCalibrationError, reliabilityBins } from "./scoring/reliability.ts";
export { SIGNAL_KINDS } from "./signal.ts";
export type { BlockRow, FoundSignal, Measurement, MetricUnit, Signal, SignalKind, Surprise } from "./signal.ts";
export { economicalValue, FEE_TARGETS, FeeForecasting, INTERVAL_LEVELS, quantileOf } from "./forecasts/index.ts";
export type { FeeForecast } from "./forecasts/index.ts";
export { FeeForecaster, PeriodForecasts, periodStarts, PressureForecasts, scoreOutcome } from "./predictions/index.ts";
export { FORECAST_KINDS, LONGEST_DECISION, PRESSURE_LOOK_BACK, resolvePrediction } from "./predictions/index.ts";
export type { BlockPredictions, DecidingRow, FlowsSeen, ForecastDraft } from "./predictions/index.ts";
export type { MissingForecast, Outcome, Prediction, Resolution, Score } from "./predictions/index.ts";
