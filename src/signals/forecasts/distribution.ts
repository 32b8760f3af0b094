/** What may come out: values, ascending, each with the probability that the outcome is at or below it. */
export type Distribution = {
  readonly values: Float64Array;
  readonly cumulative: Float64Array;
};

/** @param entries value and weight of each; weights are above 0 */
export function distributionOf(entries: readonly (readonly [value: number, weight: number])[]): Distribution {
  const sorted = entries.toSorted(([left], [right]) => left - right);
  const total = sorted.reduce((sum, [, weight]) => sum + weight, 0);
  let reached = 0;
  const cumulative = Float64Array.from(sorted, ([, weight]) => {
    reached += weight;
    return reached / total;
  });
  return { values: Float64Array.from(sorted, ([value]) => value), cumulative };
}

/** The least value that the outcome is at or below with this probability. */
export function quantileOf({ values, cumulative }: Distribution, probability: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] ?? 1) < probability) low = middle + 1;
    else high = middle;
  }
  return values[low] ?? 0;
}

/**
 * What to pay where too little is as bad as overpaying by this ratio, once: the value with the least expected loss,
 * overpayment being by how much it exceeds the outcome, relative to it. Where much is uncertain it hedges less than a
 * quantile, where little is it hedges more.
 * @param missCost 0.5: as bad as paying half as much again
 */
export function economicalValue({ values, cumulative }: Distribution, missCost: number): number {
  let best = 0;
  let leastLoss = Number.POSITIVE_INFINITY;
  let before = 0;
  let inverses = 0;
  for (const [index, value] of values.entries()) {
    const here = cumulative[index] ?? 1;
    inverses += (here - before) / value;
    before = here;
    const loss = value * inverses - here + missCost * (1 - here);
    if (loss < leastLoss) {
      leastLoss = loss;
      best = value;
    }
  }
  return best;
}
