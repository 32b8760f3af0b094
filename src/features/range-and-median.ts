/** Lowest, highest and middle of some numbers, all 0 of none. */
export type RangeAndMedian = { readonly min: number; readonly max: number; readonly median: number };

/**
 * The median is Core's `CalculateTruncatedMedian`: the mean of the two middle ones of an even count, rounded down.
 * Brings the first `count` values into another order; a full sort would take five times as long.
 */
export function rangeAndMedian(values: Float64Array, count: number): RangeAndMedian {
  if (count === 0) return { min: 0, max: 0, median: 0 };
  const middle = count >> 1;
  const upper = select(values, middle, count);
  const lower = count % 2 === 1 ? upper : largest(values, 0, middle);
  return {
    min: smallest(values, 0, middle + 1),
    max: largest(values, middle, count),
    median: Math.floor((lower + upper) / 2),
  };
}

/** The value that would stand at `place` if they were sorted; none before it is larger, none after it smaller. Hoare's Find. */
function select(values: Float64Array, place: number, count: number): number {
  let left = 0;
  let right = count - 1;
  while (left < right) {
    const pivot = values[(left + right) >> 1] ?? 0;
    let up = left;
    let down = right;
    while (up <= down) {
      while ((values[up] ?? 0) < pivot) up += 1;
      while ((values[down] ?? 0) > pivot) down -= 1;
      if (up > down) break;
      const value = values[up] ?? 0;
      values[up] = values[down] ?? 0;
      values[down] = value;
      up += 1;
      down -= 1;
    }
    if (place <= down) right = down;
    else if (place >= up) left = up;
    else break;
  }
  return values[place] ?? 0;
}

function smallest(values: Float64Array, from: number, to: number): number {
  let found = Infinity;
  for (let index = from; index < to; index += 1) found = Math.min(found, values[index] ?? 0);
  return found;
}

function largest(values: Float64Array, from: number, to: number): number {
  let found = -Infinity;
  for (let index = from; index < to; index += 1) found = Math.max(found, values[index] ?? 0);
  return found;
}
