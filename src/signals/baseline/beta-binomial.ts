/**
 * Probability of at least `least` successes in `trials`, where the chance of one is not known but beta(a, b).
 * Source: Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, 6.2.2 (negative hypergeometric type).
 */
export function betaBinomialTail(
  least: number,
  trials: number,
  { a, b }: { readonly a: number; readonly b: number },
): number {
  if (least <= 0) return 1;
  let term = 1;
  for (let trial = 0; trial < trials; trial += 1) term *= (b + trial) / (a + b + trial);
  let tail = 0;
  for (let successes = 0; successes < trials; successes += 1) {
    term *= ((trials - successes) * (a + successes)) / ((successes + 1) * (b + trials - successes - 1));
    if (successes + 1 >= least) tail += term;
  }
  return tail;
}
