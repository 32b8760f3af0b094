import { type Calibration, calibrationOf } from "#signals";
import { type DetectionSpeed, measureDetection } from "./detection-speed.ts";
import type { Stretch } from "../fees/collect.ts";
import { type FeeEvaluation, evaluateFees, type NamedIntervalScore } from "../fees/evaluate-fees.ts";
import { runInThreads } from "../run-in-threads.ts";
import type { SeedOrder, SeedResult } from "./evaluate-seed.ts";
import { learn } from "./learn.ts";
import { type ClaimScore, scoreClaims } from "./score-claims.ts";
import { scoreForecasts } from "./score-forecasts.ts";
import { type KindScore, scoreKinds } from "./score-kinds.ts";

export type Evaluation = {
  readonly blocks: number;
  readonly kinds: readonly KindScore[];
  readonly inHouse: { readonly shuffles: number; readonly alarms: number };
  /** Of all signals that were told on staged seeds. */
  readonly duplicateRate: number;
  /** Of all insights that readers are told on staged seeds. */
  readonly duplicateInsightRate: number;
  /** How good the confidence was that was learnt before. */
  readonly claims: readonly ClaimScore[];
  /** What these very seeds would teach. */
  readonly learnt: Calibration;
  readonly speed: DetectionSpeed;
  /** What others and we would have paid; nothing where no stretch was asked for. */
  readonly fees: FeeEvaluation;
  /** Of what is forecast by blocks alone. */
  readonly forecasts: readonly NamedIntervalScore[];
};

export type EvaluationOrder = {
  readonly orders: readonly SeedOrder[];
  /** Whose outcomes these are, for who learns from them. */
  readonly version: string;
  readonly feeStretches: readonly Stretch[];
};

const SEED_THREAD = new URL("./seed-thread.ts", import.meta.url);

export async function evaluate(
  { orders, version, feeStretches }: EvaluationOrder,
  say: (progress: string) => void,
): Promise<Evaluation> {
  const results = await runInThreads<SeedOrder, SeedResult>(SEED_THREAD, orders, ({ seed, blocks, signals }) =>
    say(`seed ${seed}: ${blocks} blocks, ${signals} signals`),
  );
  const fees = await evaluateFees(feeStretches, ({ regime, seed }) => say(`fees, ${regime}, seed ${seed}`));
  const kinds = scoreKinds(results);
  const outcomes = results.flatMap((result) => result.outcomes);
  const staged = results.filter(({ isStaged }) => isStaged);
  const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
  return {
    blocks: total(results.map(({ blocks }) => blocks)),
    kinds,
    inHouse: {
      shuffles: total(results.map(({ shuffles }) => shuffles)),
      alarms: total(results.map(({ inHouseAlarms }) => inHouseAlarms)),
    },
    duplicateRate: total(kinds.map(({ duplicates }) => duplicates)) / total(kinds.map(({ told }) => told)),
    duplicateInsightRate:
      total(staged.map(({ duplicateInsights }) => duplicateInsights)) / total(staged.map(({ insights }) => insights)),
    claims: scoreClaims(outcomes, calibrationOf({ simulated: true })),
    learnt: learn(results, version),
    speed: measureDetection(orders[0]?.seed ?? 0),
    fees,
    forecasts: scoreForecasts(results.flatMap((result) => result.forecasts)),
  };
}
