/** What was said before and what came of it. */
export type ScoredForecast = {
  /** How probable it was said to be, 0…1. */
  readonly probability: number;
  /** Whether it came true. */
  readonly outcome: boolean;
};

/** Share of the forecasts that came true; `NaN` of none. */
export function baseRate(forecasts: readonly ScoredForecast[]): number {
  return forecasts.filter(({ outcome }) => outcome).length / forecasts.length;
}
