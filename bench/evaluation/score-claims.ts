import {
  brierScore,
  brierSkill,
  calibrate,
  type Calibration,
  expectedCalibrationError,
  LEAST_OUTCOMES,
  perfectErrorBand,
  reliabilityBins,
  type ScoredForecast,
  type SignalKind,
} from "#signals";
import type { KindOutcome } from "./evaluate-seed.ts";

export type ClaimScore = {
  readonly kind: SignalKind | "all";
  /** Claims that were decided. */
  readonly n: number;
  readonly baseRate: number;
  readonly brier: number;
  /** `null` where all outcomes are alike; of all kinds against the base rate of each. */
  readonly brierSkill: number | null;
  /** Expected calibration error over bins of equal mass. */
  readonly ece: number;
  /** Of a forecaster who says the truth: 95 % of his errors lie below. */
  readonly eceOfPerfect: number;
  readonly bins: ReturnType<typeof reliabilityBins>;
};

export const BINS = 10;
const DRAWS = 1_000;

/** How good the confidence of claims was: those of each kind, and of all kinds together. */
export function scoreClaims(outcomes: readonly KindOutcome[], calibration: Calibration): ClaimScore[] {
  const forecasts = outcomes.flatMap(({ kind, score, outcome }) => {
    const map = calibration[kind];
    // Where fewer are known, no confidence is stated, so there is nothing to score.
    const probability = map === undefined || map.count < LEAST_OUTCOMES ? undefined : calibrate(map, score);
    return probability === undefined ? [] : [{ kind, probability, outcome }];
  });
  const byKind = [...Map.groupBy(forecasts, ({ kind }) => kind)].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return [
    ...byKind.map(([kind, some]) => scoreOf(kind, some)),
    ...(forecasts.length === 0 ? [] : [{ ...scoreOf("all", forecasts), brierSkill: skillByKind(byKind, forecasts) }]),
  ];
}

/** Against who knows the base rate of each kind: to know which kind it is counts for nothing. */
function skillByKind(
  byKind: readonly (readonly [SignalKind, readonly ScoredForecast[]])[],
  forecasts: readonly ScoredForecast[],
): number {
  const reference = byKind.reduce((sum, [, some]) => {
    const rate = some.filter(({ outcome }) => outcome).length / some.length;
    return sum + some.length * rate * (1 - rate);
  }, 0);
  return 1 - (forecasts.length * brierScore(forecasts)) / reference;
}

function scoreOf(kind: SignalKind | "all", forecasts: readonly ScoredForecast[]): ClaimScore {
  const probabilities = forecasts.map(({ probability }) => probability);
  const [, high] = perfectErrorBand(probabilities, { bins: BINS, draws: DRAWS, draw: drawsOf(kind.length) });
  return {
    kind,
    n: forecasts.length,
    baseRate: forecasts.filter(({ outcome }) => outcome).length / forecasts.length,
    brier: brierScore(forecasts),
    brierSkill: brierSkill(forecasts) ?? null,
    ece: expectedCalibrationError(forecasts, BINS),
    eceOfPerfect: high,
    bins: reliabilityBins(forecasts, BINS),
  };
}

/** The same numbers in every run, 0 to 1. Source: Numerical Recipes' linear congruential generator. */
function drawsOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
