import { FEE_TARGETS, INTERVAL_LEVELS } from "#signals";
import { runInThreads } from "../run-in-threads.ts";
import { type Answer, type Stretch, type Collected, type Measure, SETTINGS } from "./collect.ts";
import type { RegimeName } from "./regimes.ts";
import { type FeeScore, type IntervalScore, overAt, scoreFees, scoreIntervals } from "./score.ts";

/** An opponent beside us. */
export type Comparison = FeeScore & {
  readonly estimator: string;
  readonly target: number;
  /** What we overpay at its miss rate; `null` where our curve does not reach it. */
  readonly ours: number | null;
  readonly less: boolean | null;
};

export type TargetScore = {
  readonly target: number;
  /** Ours, by what a miss costs. */
  readonly curve: readonly (FeeScore & { readonly missCost: number })[];
  readonly opponents: readonly Comparison[];
};

/** Beside the quantiles of the last outcomes. */
export type NamedIntervalScore = IntervalScore & { readonly name: string; readonly empirical: IntervalScore };

export type FeeEvaluation = {
  readonly fees: readonly (Pick<FeeScore, "missRate" | "meanOver"> & {
    readonly estimator: string;
    readonly target: number;
  })[];
  readonly intervals: readonly NamedIntervalScore[];
  readonly pooled: readonly TargetScore[];
  readonly byRegime: readonly {
    readonly regime: RegimeName;
    readonly seed: number;
    readonly measures: readonly { readonly measure: Measure; readonly targets: readonly TargetScore[] }[];
  }[];
};

/** What too little may cost of ours that are listed beside the others: as bad as paying so many times the fee. */
const LISTED = new Set([5, 8, 11]);

const THREAD = new URL("./stretch-thread.ts", import.meta.url);

/** Asks everybody along all stretches and holds the answers against what it took. */
export async function evaluateFees(
  stretches: readonly Stretch[],
  onDone: (stretch: Stretch) => void,
): Promise<FeeEvaluation> {
  const collected = await runInThreads<Stretch, Collected>(THREAD, stretches, (_, stretch) => onDone(stretch));
  const names = collected[0]?.names ?? [];
  const all = collected.flatMap(({ answers }) => answers);
  const pooled = compareAll(names, all, "packages");
  return {
    fees: pooled.flatMap(listFees),
    intervals: FEE_TARGETS.flatMap((target) => intervalsOf(target, all)),
    pooled,
    byRegime: stretches.map(({ regime, seed, measures }, index) => ({
      regime,
      seed,
      measures: measures.map((measure) => ({
        measure,
        targets: compareAll(names, collected[index]?.answers ?? [], measure),
      })),
    })),
  };
}

function compareAll(names: Collected["names"], answers: readonly Answer[], measure: Measure): TargetScore[] {
  const measured = answers.filter((answer) => answer.measure === measure);
  return FEE_TARGETS.map((target) =>
    compare(
      names,
      measured.filter((answer) => answer.target === target),
      target,
    ),
  );
}

/** How each opponent did and what we overpay at its miss rate. */
function compare(names: Collected["names"], answers: readonly Answer[], target: number): TargetScore {
  const curve = SETTINGS.map((setting, index) => ({
    ...setting,
    ...scoreFees(answers.map(({ ours, needed }) => ({ paid: ours[index] ?? null, needed }))),
  }));
  const opponents = names.flatMap((estimator, index) => {
    const score = scoreFees(answers.map(({ opponents: said, needed }) => ({ paid: said[index] ?? null, needed })));
    if (score.n === 0) return [];
    const ours = overAt(curve, score.missRate) ?? null;
    return [{ estimator, target, ...score, ours, less: ours === null ? null : ours < score.meanOver }];
  });
  return { target, curve, opponents };
}

function listFees({ target, curve, opponents }: TargetScore): FeeEvaluation["fees"] {
  return [
    ...curve.flatMap(({ missCost, missRate, meanOver, n }, index) =>
      n > 0 && LISTED.has(index) ? [{ estimator: `utxoiq ${missCost.toFixed(2)}`, target, missRate, meanOver }] : [],
    ),
    ...opponents.map(({ estimator, missRate, meanOver }) => ({ estimator, target, missRate, meanOver })),
  ];
}

function intervalsOf(target: number, all: readonly Answer[]): FeeEvaluation["intervals"] {
  const answers = all.filter((answer) => answer.measure === "packages" && answer.target === target);
  if (answers.length === 0) return [];
  return INTERVAL_LEVELS.map((_, index) => ({
    name: `fee rate within ${target} blocks`,
    ...scoreIntervals(answers, index),
    empirical: scoreIntervals(answers, index, "empirical"),
  }));
}
