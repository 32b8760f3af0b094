/**
 * Features and their recent history → what stands out. One detector per file, by what it watches: fees/, exchanges/,
 * whales/, miners/, blocks/, waves/; baseline/ says what is usual. forecasts/ says what comes, and how sure that is.
 * Pure: a signal depends on the last blocks' rows and nothing else, so live, backfill and restart find the same.
 * Deliberately not here: words (`insights`), rows in a database (`store`).
 * Start with detection.ts; every kind has its page in docs/signals/.
 */
export { Detection, LOOK_BACK } from "./detection.ts";
export { DETECTORS } from "./detectors.ts";
export type { Detector } from "./detector.ts";
export { SIGNAL_KINDS } from "./signal.ts";
export type { BlockRow, Measurement, MetricUnit, Signal, SignalKind, Surprise } from "./signal.ts";
export { economicalValue, quantileOf } from "./forecasts/distribution.ts";
export type { Distribution } from "./forecasts/distribution.ts";
export { type ExchangeFlow, ExchangePressure, type PressureForecast } from "./forecasts/exchange-pressure.ts";
export { FEE_TARGETS } from "./forecasts/fee-forecast.ts";
export type { FeeForecast, FeeTarget, MinedBlock } from "./forecasts/fee-forecast.ts";
export { FeeForecasting } from "./forecasts/fee-forecasting.ts";
export { INTERVAL_LEVELS, type Interval } from "./forecasts/intervals.ts";
export { projectDifficulty } from "./forecasts/project-difficulty.ts";
export type { DifficultyProjection, PeriodSoFar } from "./forecasts/project-difficulty.ts";
export { projectHalving } from "./forecasts/project-halving.ts";
export type { HalvingAhead, HalvingProjection } from "./forecasts/project-halving.ts";
