import {
  brierScore,
  brierSkill,
  calibrate,
  type Calibration,
  expectedCalibrationError,
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
  /** `null` where all outcomes are alike. */
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
    const probability = map && calibrate(map, score);
    return probability === undefined ? [] : [{ kind, probability, outcome }];
  });
  const byKind = [...Map.groupBy(forecasts, ({ kind }) => kind)].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return [
    ...byKind.map(([kind, some]) => scoreOf(kind, some)),
    ...(forecasts.length === 0 ? [] : [scoreOf("all", forecasts)]),
  ];
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
