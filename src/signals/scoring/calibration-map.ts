/** Score of a statement before it is known how often such came true, and whether it did. Any scale, higher is surer. */
export type ScoredOutcome = { readonly score: number; readonly outcome: boolean };

/** Scores from here on, up to the next class, came true so often. */
export type CalibrationClass = {
  readonly from: number;
  readonly count: number;
  readonly came: number;
  /** (came + 1) / (count + 2): what is said. */
  readonly probability: number;
};

/** What was learnt from resolved statements; plain data that JSON keeps as it is. */
export type CalibrationMap = {
  readonly format: 1;
  /** Of the one who learnt it: whose outcomes, of which network, up to when. A probability names it. */
  readonly version: string;
  readonly count: number;
  /** Ascending by score and by probability. */
  readonly classes: readonly CalibrationClass[];
};

type Pool = { readonly from: number; readonly count: number; readonly came: number };

/**
 * A calibration map by isotonic regression (pool adjacent violators): the higher the score, the more probable, and no
 * other shape is assumed. A thin class is drawn towards one half by a beta(1,1) prior, and classes that this brings out
 * of order are pooled once more.
 * Sources: Ayer et al. (1955), An empirical distribution function for sampling with incomplete information; Zadrozny &
 * Elkan (2002), Transforming classifier scores into accurate multiclass probability estimates.
 * @returns a map without classes where there are no outcomes: it says nothing
 */
export function learnCalibration(outcomes: readonly ScoredOutcome[], version: string): CalibrationMap {
  const byScore = Map.groupBy(
    outcomes.toSorted((left, right) => left.score - right.score),
    ({ score }) => score,
  );
  const single = Array.from(byScore, ([from, same]) => ({
    from,
    count: same.length,
    came: same.filter(({ outcome }) => outcome).length,
  }));
  const isotonic = poolViolators(single, ({ count, came }) => came / count);
  const classes = poolViolators(isotonic, shrunkRate).map((pool) => ({ ...pool, probability: shrunkRate(pool) }));
  return { format: 1, version, count: outcomes.length, classes };
}

/** How probable a statement of this score is by the map; `undefined` of a map that has learnt nothing. */
export function calibrate(map: CalibrationMap, score: number): number | undefined {
  return classOf(map, score)?.probability;
}

/** The class of scores that a score falls into; `undefined` of a map that has learnt nothing. */
export function classOf({ classes }: CalibrationMap, score: number): CalibrationClass | undefined {
  return classes.findLast(({ from }) => from <= score) ?? classes[0];
}

function shrunkRate({ count, came }: Pool): number {
  return (came + 1) / (count + 2);
}

/** Joins neighbours until the rates rise strictly from one to the next. */
function poolViolators(ascending: readonly Pool[], rateOf: (pool: Pool) => number): readonly Pool[] {
  const pools: Pool[] = [];
  for (const next of ascending) {
    let last = next;
    for (let before = pools.at(-1); before !== undefined && rateOf(before) >= rateOf(last); before = pools.at(-1)) {
      pools.pop();
      last = { from: before.from, count: before.count + last.count, came: before.came + last.came };
    }
    pools.push(last);
  }
  return pools;
}
