/** Prices that a user gave, and the header times that date them. */
export { readHeightTimes, saveBlockTimes } from "./block-times.ts";
export { savePriceSeries } from "./price-series.ts";
