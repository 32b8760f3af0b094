/** Ascending numbers with runs as ranges, so that hundreds of them can be read: 1–322, 500. */
export function describeHeights(heights: readonly number[]): string {
  const runs: { first: number; last: number }[] = [];
  for (const height of heights) {
    const run = runs.at(-1);
    if (run !== undefined && run.last === height - 1) run.last = height;
    else runs.push({ first: height, last: height });
  }
  return runs.map(({ first, last }) => (first === last ? `${first}` : `${first}–${last}`)).join(", ");
}
