import type { RollingSeries } from "./rolling-series.ts";

/** Middle of a short series; `NaN` where fewer than half of its room have a value. */
export function middleOf(series: RollingSeries): number {
  return series.known < series.capacity / 2 ? Number.NaN : series.median();
}
