/** What comes: fee rates, and the times and sizes that follow from blocks. */
export { economicalValue, quantileOf } from "./distribution.ts";
export { FEE_TARGETS } from "./fee-forecast.ts";
export type { FeeForecast } from "./fee-forecast.ts";
export { FeeForecasting } from "./fee-forecasting.ts";
export { INTERVAL_LEVELS } from "./intervals.ts";
