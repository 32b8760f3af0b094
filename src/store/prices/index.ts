/** Daily prices as a file of the user gave them, and the times that find their days. */
export { readHeightTimes, saveBlockTimes } from "./block-times.ts";
export { savePriceSeries } from "./price-series.ts";
