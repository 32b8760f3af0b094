import type { ScoredForecast } from "./forecast.ts";
import { expectedCalibrationError } from "./reliability.ts";

/**
 * What expected calibration error a forecaster has by chance alone who says the truth: of the same probabilities,
 * outcomes are drawn with just these, again and again. An error above the upper end says something.
 * Source: Bröcker & Smith (2007), Increasing the reliability of reliability diagrams (consistency resampling).
 * @param draw 0…1, evenly; the one who calls has the seed
 * @returns the ends of the middle 95 % of the errors
 */
export function perfectErrorBand(
  probabilities: readonly number[],
  { bins, draws, draw }: { readonly bins: number; readonly draws: number; readonly draw: () => number },
): readonly [low: number, high: number] {
  const errors = Array.from({ length: draws }, () => {
    const forecasts: readonly ScoredForecast[] = probabilities.map((probability) => ({
      probability,
      outcome: draw() < probability,
    }));
    return expectedCalibrationError(forecasts, bins);
  }).toSorted((left, right) => left - right);
  const at = (share: number): number => errors[Math.min(draws - 1, Math.floor(share * draws))] ?? Number.NaN;
  return [at(0.025), at(0.975)];
}
