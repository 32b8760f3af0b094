import { type Metric, METRICS } from "#features";

/** What can be read over time, in the order of the catalogue. */
export function listMetrics(): readonly Metric[] {
  return [...METRICS.values()];
}

export function findMetric(name: string): Metric | undefined {
  return METRICS.get(name);
}
