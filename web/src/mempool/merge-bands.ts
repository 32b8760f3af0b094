import type { MempoolNow } from "#contract";

type Band = NonNullable<MempoolNow["histogram"]>[number];
export type MergedBand = Band & { readonly to: number | undefined };

/** Each is a bound of the finer ranges that come. */
const BOUNDS = [0, 1, 2, 4, 8, 16, 31.5, 63, 125, 250, 500] as const;

/** Some ten ranges that a person can scan, the dearest first; empty ones at either end are left out. */
export function mergeBands(bands: readonly Band[]): readonly MergedBand[] {
  const merged = BOUNDS.map((from, index) => {
    const to = BOUNDS[index + 1];
    const inside = bands.filter((band) => band.from >= from && (to === undefined || band.from < to));
    const sum = (value: (band: Band) => number): number => inside.reduce((total, band) => total + value(band), 0);
    return { from, to, weight: sum(({ weight }) => weight), count: sum(({ count }) => count) };
  });
  const first = merged.findIndex(({ count }) => count > 0);
  const last = merged.findLastIndex(({ count }) => count > 0);
  return first < 0 ? [] : merged.slice(first, last + 1).toReversed();
}
