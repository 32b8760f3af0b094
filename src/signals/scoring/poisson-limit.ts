/**
 * The least count that is exceeded with a probability of at most 5 %, where so many are expected: more than that, and
 * a budget of false alarms is not kept. One-sided; the count itself is still within.
 * Source: any text on the Poisson distribution; sums its probabilities from 0 upwards.
 * @param expected 0 or more; mean of the distribution
 * @param confidence probability that the count stays within the limit
 */
export function poissonLimit(expected: number, confidence = 0.95): number {
  // In logarithms: e^-expected is 0 for a thousand, but the sum must still come to 1.
  let logTerm = -expected;
  let total = Math.exp(logTerm);
  let count = 0;
  while (total < confidence) {
    count += 1;
    logTerm += Math.log(expected / count);
    total += Math.exp(logTerm);
    // The last digits of 1 may never be reached; beyond the mean, terms that add nothing are the end.
    if (count > expected && Math.exp(logTerm) < Number.EPSILON * total) break;
  }
  return count;
}
