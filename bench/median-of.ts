/** Middle of some values; the upper one of the two for an even count, `NaN` for none. */
export function medianOf(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[values.length >> 1] ?? Number.NaN;
}
