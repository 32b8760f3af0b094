import {
  brierScore,
  calibrate,
  type Calibration,
  expectedCalibrationError,
  LEAST_OUTCOMES,
  perfectErrorBand,
  reliabilityBins,
  type ScoredForecast,
  type SignalKind,
} from "#signals";
import { pseudoRandom } from "../../test/helpers/pseudo-random.ts";
import type { KindOutcome } from "./evaluate-seed.ts";

export type ClaimScore = {
  /** Of a kind, of a family of kinds, or "all". */
  readonly name: string;
  readonly of: "kind" | "family" | "all";
  /** Claims that were decided. */
  readonly n: number;
  readonly baseRate: number;
  readonly brier: number;
  /** `null` where all outcomes are alike; of several kinds against the base rate of each. */
  readonly brierSkill: number | null;
  /** Expected calibration error over bins of equal mass. */
  readonly ece: number;
  /** Of a forecaster who says the truth: 97.5 % of his errors lie below. */
  readonly eceOfPerfect: number;
  readonly bins: ReturnType<typeof reliabilityBins>;
};

export const BINS = 10;
const DRAWS = 1_000;

/** Kinds that are detected in the same way and claim the same sort of thing. */
const FAMILIES: Readonly<Record<string, readonly SignalKind[]>> = {
  fees: ["fee-spike", "fee-level", "mempool-flush"],
  exchanges: ["inflow-spike", "outflow-spike", "inflow-streak", "outflow-streak", "reserve-change"],
  "whales and miners": ["large-transfer", "dormant-coins", "whale-accumulation", "whale-distribution", "treasury-sale"],
  waves: ["inscription-wave", "consolidation-wave", "coinjoin-wave"],
  spending: ["coin-days-destroyed", "revived-supply", "dormancy"],
};

type KindForecast = ScoredForecast & { readonly kind: SignalKind };

/** How good the confidence of claims was: those of each kind, of each family with several kinds, and of all together. */
export function scoreClaims(outcomes: readonly KindOutcome[], calibration: Calibration): ClaimScore[] {
  const forecasts = outcomes.flatMap(({ kind, score, outcome }): KindForecast[] => {
    const map = calibration[kind];
    // Where fewer are known, no confidence is stated, so there is nothing to score.
    const probability = map === undefined || map.count < LEAST_OUTCOMES ? undefined : calibrate(map, score);
    return probability === undefined ? [] : [{ kind, probability, outcome }];
  });
  const byKind = [...Map.groupBy(forecasts, ({ kind }) => kind)].toSorted(([left], [right]) => (left < right ? -1 : 1));
  const families = Object.entries(FAMILIES).flatMap(([name, kinds]) => {
    const some = forecasts.filter(({ kind }) => kinds.includes(kind));
    return some.length === 0 ? [] : [scoreOf({ name, of: "family" }, some)];
  });
  return [
    ...byKind.map(([name, some]) => scoreOf({ name, of: "kind" }, some)),
    ...families,
    ...(forecasts.length === 0 ? [] : [scoreOf({ name: "all", of: "all" }, forecasts)]),
  ];
}

/** Against who knows the base rate of each kind: to know which kind it is counts for nothing. */
function skillByKind(forecasts: readonly KindForecast[]): number | null {
  let reference = 0;
  for (const some of Map.groupBy(forecasts, ({ kind }) => kind).values()) {
    const rate = some.filter(({ outcome }) => outcome).length / some.length;
    reference += some.length * rate * (1 - rate);
  }
  return reference === 0 ? null : 1 - (forecasts.length * brierScore(forecasts)) / reference;
}

function scoreOf(whose: Pick<ClaimScore, "name" | "of">, forecasts: readonly KindForecast[]): ClaimScore {
  const probabilities = forecasts.map(({ probability }) => probability);
  const [, high] = perfectErrorBand(probabilities, { bins: BINS, draws: DRAWS, draw: pseudoRandom(whose.name.length) });
  return {
    ...whose,
    n: forecasts.length,
    baseRate: forecasts.filter(({ outcome }) => outcome).length / forecasts.length,
    brier: brierScore(forecasts),
    brierSkill: skillByKind(forecasts),
    ece: expectedCalibrationError(forecasts, BINS),
    eceOfPerfect: high,
    bins: reliabilityBins(forecasts, BINS),
  };
}
