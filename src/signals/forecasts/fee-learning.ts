import { AdaptiveLevels } from "./adaptive-levels.ts";
import { distributionOf, quantileOf } from "./distribution.ts";
import type { FeeForecast } from "./fee-forecast.ts";
import { CIRCUMSTANCE_WIDTHS, type FeeModel } from "./fee-model.ts";
import { INTERVAL_LEVELS } from "./intervals.ts";
import { SimilarOutcomes } from "./similar-outcomes.ts";

/** Outcomes of its own that have to be known before a target is forecast, of windows that do not overlap. */
const LEAST_OUTCOMES = 30;

/** The model's own paths count as so many outcomes that came just now in just these circumstances. */
const PATHS_WEIGHT = 60;

/** Levels of the bounds: the widest interval's lower one, …, its upper one. */
const LEVELS = [
  ...INTERVAL_LEVELS.toReversed().map((level) => (1 - level) / 2),
  ...INTERVAL_LEVELS.map((level) => (1 + level) / 2),
];

/** What forecasts of one target have taught. */
export type Learning = { readonly outcomes: SimilarOutcomes; readonly levels: AdaptiveLevels };

export function startLearning(target: number): Learning {
  // Outcomes of long targets overlap and come late: each says less.
  const levels = new AdaptiveLevels(LEVELS, { window: 500, gain: 0.02 / target ** 0.25 });
  return { outcomes: new SimilarOutcomes(CIRCUMSTANCE_WIDTHS), levels };
}

export type Moment = Pick<FeeForecast, "target" | "height" | "time">;

/** `undefined` while too few outcomes are known. */
export function tellForecast({ outcomes, levels }: Learning, model: FeeModel, moment: Moment): FeeForecast | undefined {
  if (outcomes.size < LEAST_OUTCOMES || outcomes.span < LEAST_OUTCOMES * moment.target) return undefined;
  const { center, paths, circumstances } = model;
  const distribution = distributionOf([
    ...outcomes.weigh(circumstances).map(([error, weight]) => [2 ** (center + error), weight] as const),
    ...paths.map((path) => [2 ** path, PATHS_WEIGHT / paths.length] as const),
  ]);
  const bounds = levels.current.map((level) => quantileOf(distribution, level));
  const intervals = INTERVAL_LEVELS.map((level, index) => ({
    level,
    low: bounds[INTERVAL_LEVELS.length - 1 - index] ?? 0,
    high: bounds[INTERVAL_LEVELS.length + index] ?? 0,
  }));
  return { ...moment, outcomes: outcomes.size, median: quantileOf(distribution, 0.5), intervals, distribution };
}

/** More time never takes more than less does. */
export function atMost(forecast: FeeForecast, sooner: FeeForecast | undefined): FeeForecast {
  if (sooner === undefined) return forecast;
  const intervals = forecast.intervals.map(({ level, low, high }, index) => ({
    level,
    low: Math.min(low, sooner.intervals[index]?.low ?? low),
    high: Math.min(high, sooner.intervals[index]?.high ?? high),
  }));
  return { ...forecast, median: Math.min(forecast.median, sooner.median), intervals };
}

/** log2 of sat/vB, by level. */
export function boundsOf({ intervals }: FeeForecast): number[] {
  return [...intervals.toReversed().map(({ low }) => Math.log2(low)), ...intervals.map(({ high }) => Math.log2(high))];
}
