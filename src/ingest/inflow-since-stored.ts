import type { FeeRateBucket, MempoolSnapshot } from "#bitcoin";

/** Weight by lower bound of the range; `undefined` where it is not known. */
type Inflow = ReadonlyMap<number, number> | undefined;

/** Snapshots that wait to be stored are joined beyond so many. */
const MOST_KEPT = 100;

/**
 * What came between two stored snapshots: each snapshot tells what came since the one before, and only some are stored.
 * So that who reads the stored ones misses nothing, each tells the sum since the stored one before.
 */
export class InflowSinceStored {
  /** Of those that are not stored yet, in the order in which they were taken. */
  #taken: { readonly time: number; readonly inflow: Inflow }[] = [];

  take({ time, histogram }: MempoolSnapshot): void {
    this.#taken.push({ time, inflow: inflowOf(histogram) });
    const [first, second] = this.#taken;
    if (this.#taken.length <= MOST_KEPT || first === undefined || second === undefined) return;
    this.#taken.splice(0, 2, { time: second.time, inflow: sumOf([first.inflow, second.inflow]) });
  }

  /** The snapshot, as it is to be stored: it ends all that was taken up to it. */
  upTo(snapshot: MempoolSnapshot): MempoolSnapshot {
    const { time, histogram } = snapshot;
    const end = this.#taken.findLastIndex((one) => one.time === time) + 1;
    const passed = this.#taken.splice(0, end);
    if (histogram === null || passed.length < 2) return snapshot;
    return { ...snapshot, histogram: withInflow(histogram, sumOf(passed.map(({ inflow }) => inflow))) };
  }
}

function inflowOf(histogram: MempoolSnapshot["histogram"]): Inflow {
  const inflow = new Map<number, number>();
  for (const { from, inflowWeight } of histogram ?? []) {
    if (inflowWeight === null) return undefined;
    if (inflowWeight > 0) inflow.set(from, inflowWeight);
  }
  return histogram === null ? undefined : inflow;
}

function sumOf(inflows: readonly Inflow[]): Inflow {
  const sums = new Map<number, number>();
  for (const inflow of inflows) {
    if (inflow === undefined) return undefined;
    for (const [from, weight] of inflow) sums.set(from, (sums.get(from) ?? 0) + weight);
  }
  return sums;
}

/** A range that something came into and that is empty again is told, too. */
function withInflow(histogram: readonly FeeRateBucket[], sums: Inflow): readonly FeeRateBucket[] {
  const here = new Set(histogram.map(({ from }) => from));
  const gone = [...(sums?.keys() ?? [])].filter((from) => !here.has(from));
  return [...histogram, ...gone.map((from) => ({ from, weight: 0, count: 0 }))]
    .map((bucket) => ({ ...bucket, inflowWeight: sums === undefined ? null : (sums.get(bucket.from) ?? 0) }))
    .toSorted((left, right) => left.from - right.from);
}
