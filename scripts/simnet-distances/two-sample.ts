/** Two-sample Kolmogorov-Smirnov distance: the largest difference between the two empirical distribution functions. */
export function kolmogorovSmirnov(left: readonly number[], right: readonly number[]): number {
  const [a, b] = [Float64Array.from(left).sort(), Float64Array.from(right).sort()];
  let [i, j, largest] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
    while (i < a.length && a[i] === value) i += 1;
    while (j < b.length && b[j] === value) j += 1;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}

/** Total variation distance between two tallies: the share that would have to change its category. */
export function totalVariation(left: Tally, right: Tally): number {
  const sizes = { left: sizeOf(left), right: sizeOf(right) };
  const categories = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  const differences = categories.map((name) => {
    return Math.abs((left[name] ?? 0) / sizes.left - (right[name] ?? 0) / sizes.right);
  });
  return differences.reduce((sum, difference) => sum + difference, 0) / 2;
}

/** How often each category occurs. */
export type Tally = Readonly<Record<string, number>>;

export function sizeOf(tally: Tally): number {
  return Object.values(tally).reduce((sum, count) => sum + count, 0);
}
