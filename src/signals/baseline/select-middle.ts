/**
 * Middle of values in any order, in a time that grows with their number alone; the mean of the two middle ones for an
 * even count, 0 for none. It reorders them.
 * Source: Hoare (1961), Algorithm 65: Find.
 */
export function selectMiddle(values: Float64Array): number {
  const middle = values.length >> 1;
  let [from, to] = [0, values.length - 1];
  while (from < to) {
    const pivot = values[(from + to) >> 1] ?? 0;
    let [left, right] = [from, to];
    while (left <= right) {
      while ((values[left] ?? 0) < pivot) left += 1;
      while ((values[right] ?? 0) > pivot) right -= 1;
      if (left > right) break;
      swap(values, left, right);
      left += 1;
      right -= 1;
    }
    if (right < middle) from = left;
    if (left > middle) to = right;
  }
  const upper = values[middle] ?? 0;
  if (values.length % 2 === 1 || values.length === 0) return upper;
  // Whatever lies below the middle stands before it now.
  const lower = values.subarray(0, middle).reduce((most, value) => Math.max(most, value));
  return (lower + upper) / 2;
}

function swap(values: Float64Array, left: number, right: number): void {
  const value = values[left] ?? 0;
  values[left] = values[right] ?? 0;
  values[right] = value;
}
