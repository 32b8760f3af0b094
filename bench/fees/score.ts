import { coverage, meanWidth, winklerScore } from "#signals";
import type { Answer } from "./collect.ts";

/** How an estimator did. Both are shares: 0.1 is ten percent. */
export type FeeScore = {
  readonly n: number;
  /** Answers below what it took: they would not have been mined in time. */
  readonly missRate: number;
  /** Of the others the mean of how much more they were than it took. */
  readonly meanOver: number;
};

type Pair = { readonly paid: number | null; readonly needed: number };

export function scoreFees(pairs: readonly Pair[]): FeeScore {
  let [n, misses, over] = [0, 0, 0];
  for (const { paid, needed } of pairs) {
    if (paid === null) continue;
    n += 1;
    if (paid < needed) misses += 1;
    else over += paid / needed - 1;
  }
  return { n, missRate: misses / n, meanOver: over / (n - misses) };
}

/** Over-payment of a curve at this miss rate, between its points in proportion; `undefined` where it does not reach. */
export function overAt(curve: readonly FeeScore[], missRate: number): number | undefined {
  const points = curve
    .filter(({ meanOver }) => Number.isFinite(meanOver))
    .toSorted((left, right) => left.missRate - right.missRate || left.meanOver - right.meanOver);
  const upper = points.findIndex((point) => point.missRate >= missRate);
  const [low, high] = [points[upper - 1], points[upper]];
  if (high === undefined) return undefined;
  if (high.missRate === missRate) return high.meanOver;
  if (low === undefined) return undefined;
  const share = (missRate - low.missRate) / (high.missRate - low.missRate);
  return low.meanOver + share * (high.meanOver - low.meanOver);
}

export type IntervalScore = {
  readonly nominal: number;
  readonly coverage: number;
  /** Mean, in octaves. */
  readonly width: number;
  /** Mean interval score in octaves (Winkler 1972): width, and 2/α times of what lies outside. */
  readonly winkler: number;
  readonly n: number;
};

export function scoreIntervals(
  answers: readonly Answer[],
  index: number,
  of: "intervals" | "empirical" = "intervals",
): IntervalScore {
  const nominal = answers[0]?.[of][index]?.level ?? Number.NaN;
  const said = answers.flatMap((answer) => {
    const interval = answer[of][index];
    if (interval === undefined) return [];
    return [{ low: Math.log2(interval.low), high: Math.log2(interval.high), value: Math.log2(answer.needed) }];
  });
  return {
    nominal,
    coverage: coverage(said),
    width: meanWidth(said),
    winkler: winklerScore(said, nominal),
    n: said.length,
  };
}
