import { coverage, INTERVAL_LEVELS, meanWidth, winklerScore } from "#signals";
import type { NamedIntervalScore } from "../fees/evaluate-fees.ts";
import type { IntervalScore } from "../fees/score.ts";
import type { ForecastOutcome } from "./forecast-outcomes.ts";

/** How often intervals held what came, by name and level, beside the quantiles of what had come before. */
export function scoreForecasts(outcomes: readonly ForecastOutcome[]): NamedIntervalScore[] {
  return [...Map.groupBy(outcomes, ({ name }) => name)].flatMap(([name, ofName]) =>
    INTERVAL_LEVELS.map((level) => {
      const ofLevel = ofName.filter((outcome) => outcome.level === level);
      const rolling = ofLevel.map(({ rolling: { low, high }, value }) => ({ low, high, value }));
      return { name, ...score(ofLevel, level), empirical: score(rolling, level) };
    }),
  );
}

function score(said: Parameters<typeof coverage>[0], nominal: number): IntervalScore {
  const { length: n } = said;
  return { nominal, coverage: coverage(said), width: meanWidth(said), winkler: winklerScore(said, nominal), n };
}
