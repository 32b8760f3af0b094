import { baseRate, type ScoredForecast } from "./forecast.ts";

/**
 * Mean square of probability less outcome: 0 is best, 0.25 is what "one half" always scores. `NaN` of none.
 * Source: Brier (1950), Verification of forecasts expressed in terms of probability.
 */
export function brierScore(forecasts: readonly ScoredForecast[]): number {
  const squares = forecasts.map(({ probability, outcome }) => (probability - (outcome ? 1 : 0)) ** 2);
  return squares.reduce((sum, square) => sum + square, 0) / forecasts.length;
}

/**
 * What is better than the score of whoever always says the base rate of these same outcomes: 1 is perfect, 0 no better,
 * below 0 worse. `undefined` where all outcomes are alike: the base rate is then always right.
 * Source: Murphy (1973), A new vector partition of the probability score; Wilks, Statistical Methods in the
 * Atmospheric Sciences, 8.4.2.
 */
export function brierSkill(forecasts: readonly ScoredForecast[]): number | undefined {
  const rate = baseRate(forecasts);
  const reference = rate * (1 - rate);
  return reference > 0 ? 1 - brierScore(forecasts) / reference : undefined;
}
