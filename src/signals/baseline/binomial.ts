/**
 * The least number of successes that so many trials reach with at most this probability.
 * @returns one more than the trials where even all of them are not improbable enough
 */
export function leastOfBinomial(trials: number, chance: number, probability: number): number {
  let term = chance ** trials;
  let tail = 0;
  for (let successes = trials; successes >= 0; successes -= 1) {
    tail += term;
    if (tail > probability) return successes + 1;
    term *= (successes / (trials - successes + 1)) * ((1 - chance) / chance);
  }
  return 0;
}
