import type { ScoredForecast } from "./forecast.ts";

/** Forecasts of about the same probability, and how often they came true. */
export type ReliabilityBin = {
  readonly count: number;
  /** Mean of what was said. */
  readonly meanProbability: number;
  /** Share that came true. */
  readonly observed: number;
};

/**
 * Bins of equal mass: forecasts in order of their probability, cut into parts whose sizes differ by one at most.
 * Forecasts of one probability take their mean outcome with them, so their order does not matter.
 * Source: Nixon et al. (2019), Measuring calibration in deep learning (adaptive calibration error).
 * @returns as many bins as asked for, or as there are forecasts, ascending
 */
export function reliabilityBins(forecasts: readonly ScoredForecast[], bins: number): readonly ReliabilityBin[] {
  const sorted = forecasts.toSorted((left, right) => left.probability - right.probability);
  const outcomes = meanOutcomes(sorted);
  const count = Math.min(bins, sorted.length);
  return Array.from({ length: count }, (_, bin) => {
    const from = Math.floor((bin * sorted.length) / count);
    const to = Math.floor(((bin + 1) * sorted.length) / count);
    return {
      count: to - from,
      meanProbability: mean(sorted.slice(from, to).map(({ probability }) => probability)),
      observed: mean(outcomes.slice(from, to)),
    };
  });
}

/**
 * Expected calibration error: by how much what was said and what came differ, bin by bin, weighted by their sizes.
 * `NaN` of no forecasts.
 * Source: Naeini, Cooper & Hauskrecht (2015), Obtaining well calibrated probabilities using Bayesian binning.
 */
export function expectedCalibrationError(forecasts: readonly ScoredForecast[], bins: number): number {
  const errors = reliabilityBins(forecasts, bins).map(
    ({ count, meanProbability, observed }) => count * Math.abs(meanProbability - observed),
  );
  return errors.reduce((sum, error) => sum + error, 0) / forecasts.length;
}

/** Of each forecast, in their order: the share that came true among those of the same probability. */
function meanOutcomes(sorted: readonly ScoredForecast[]): readonly number[] {
  const byProbability = Map.groupBy(sorted, ({ probability }) => probability);
  const means = new Map(
    Array.from(byProbability, ([probability, same]) => [probability, mean(same.map(({ outcome }) => +outcome))]),
  );
  return sorted.map(({ probability }) => means.get(probability) ?? Number.NaN);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
