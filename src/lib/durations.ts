/**
 * How often something took how long: counts by buckets of which eight make a doubling, from a hundredth of a millisecond
 * on. Two are one by adding their counts, which percentiles cannot be, and a percentile of them is within 5 % of that of
 * the durations.
 */
export type Durations = ReadonlyMap<number, number>;

const LEAST_MS = 0.01;
const OF_A_DOUBLING = 8;

function bucketOf(ms: number): number {
  return ms <= LEAST_MS ? 0 : Math.ceil(Math.log2(ms / LEAST_MS) * OF_A_DOUBLING);
}

/** Milliseconds in the middle of a bucket. */
function middleOf(bucket: number): number {
  return LEAST_MS * 2 ** ((bucket - 0.5) / OF_A_DOUBLING);
}

/** Counts them while they come. */
export class DurationCounter {
  #counts = new Map<number, number>();

  add(ms: number, times = 1): void {
    const bucket = bucketOf(ms);
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + times);
  }

  /** What was counted since it was taken last. */
  seen(): Durations {
    return this.#counts;
  }

  /** All since it was taken before. */
  take(): Durations {
    const taken = this.#counts;
    this.#counts = new Map();
    return taken;
  }
}

export function addDurations(...parts: readonly Durations[]): Durations {
  const sum = new Map<number, number>();
  for (const part of parts) for (const [bucket, count] of part) sum.set(bucket, (sum.get(bucket) ?? 0) + count);
  return sum;
}

export function countDurations(durations: Durations): number {
  let sum = 0;
  for (const count of durations.values()) sum += count;
  return sum;
}

/** Milliseconds within which this share of them was done; `null` where there are none. */
export function percentileOf(durations: Durations, share: number): number | null {
  const wanted = Math.max(1, Math.ceil(share * countDurations(durations)));
  let seen = 0;
  for (const [bucket, count] of [...durations].toSorted(([left], [right]) => left - right)) {
    seen += count;
    if (seen >= wanted) return middleOf(bucket);
  }
  return null;
}
