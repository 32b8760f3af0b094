export type Bin = { readonly count: number; readonly meanProbability: number; readonly observed: number };

/** What is looked at of a kind's scores. */
export type Scored = { readonly claims: { readonly bins: readonly Bin[] } | null };

const TENTHS = 10;

/** The tenth that a probability lies in: 0 to 9. */
function tenthOf(probability: number): number {
  return Math.min(TENTHS - 1, Math.floor(probability * TENTHS));
}

/** Bins of all kinds in tenths of what was said, each with what was said and what came on average; empty ones left out. */
export function poolBins(kinds: readonly Scored[]): readonly Bin[] {
  const all = kinds.flatMap(({ claims }) => claims?.bins ?? []);
  const byTenth = Map.groupBy(all, ({ meanProbability }) => tenthOf(meanProbability));
  return [...byTenth]
    .toSorted(([left], [right]) => left - right)
    .map(([, bins]) => {
      const count = bins.reduce((sum, bin) => sum + bin.count, 0);
      const mean = (of: (bin: Bin) => number): number =>
        bins.reduce((sum, bin) => sum + bin.count * of(bin), 0) / count;
      return { count, meanProbability: mean((bin) => bin.meanProbability), observed: mean((bin) => bin.observed) };
    })
    .filter(({ count }) => count > 0);
}
