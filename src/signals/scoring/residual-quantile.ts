/**
 * The residual that so many of a sample stay below, with one place to spare for the next one (the conformal quantile).
 * Beyond the largest it goes on in a straight line instead of to infinity: an interval without an end tells nobody
 * anything, and one that still misses is made wider.
 * Source: Vovk, Gammerman & Shafer (2005), Algorithmic learning in a random world (the rank); the line is our own.
 * @param ascending at least one
 * @param missRate share of values that may lie above; below 0 for more than the sample knows
 * @param target miss rate in the long run: so much less is one more distance from the middle to the largest
 */
export function residualQuantile(ascending: readonly number[], missRate: number, target: number): number {
  const { length } = ascending;
  const at = (rank: number): number => ascending[Math.min(Math.max(rank, 1), length) - 1] ?? Number.NaN;
  const least = 1 / (length + 1);
  if (missRate >= least) return at(Math.ceil((length + 1) * (1 - missRate)));
  const spread = at(length) - at(Math.ceil(length / 2));
  return at(length) + (spread * (least - missRate)) / target;
}
