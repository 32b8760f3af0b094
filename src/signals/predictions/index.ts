/** What is said about blocks to come, by signals and by forecasts; how blocks decide it, and how good it was. */
export type { BlockPredictions, Resolution } from "./block-predictions.ts";
export type { FlowsSeen } from "./exchange-flow.ts";
export { FeeForecaster } from "./fee-forecasts.ts";
export type { ForecastDraft, MissingForecast } from "./forecast-draft.ts";
export { PeriodForecasts, periodStarts } from "./period-forecasts.ts";
export { FORECAST_KINDS } from "./prediction.ts";
export type { DecidingRow, Outcome, Prediction } from "./prediction.ts";
export { PRESSURE_LOOK_BACK, PressureForecasts } from "./pressure-forecasts.ts";
export { LONGEST_DECISION, resolvePrediction } from "./resolve-prediction.ts";
export { type Score, scoreOutcome } from "./score-outcome.ts";
