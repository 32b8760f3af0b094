/** Steps of the histogram in a doubling, and the doublings on each side of zero: 2^-10 to 2^60. */
const STEPS = 16;
const DOUBLINGS = 70;
const FINEST = 1_024;
const BUCKETS = 2 * DOUBLINGS * STEPS;

/**
 * The last values of one metric, on the scale on which they are compared. A block without a value (`NaN`) takes its
 * place all the same. What it tells depends on these values alone, not on what came before them:
 * counts are whole numbers, and no sum is carried along.
 */
export class RollingSeries {
  readonly #values: Float64Array;
  /** Step of each value. */
  readonly #buckets: Uint16Array;
  readonly #histogram = new Uint16Array(BUCKETS);
  #next = 0;
  #filled = 0;
  #known = 0;
  /** No value lies in a step above it. */
  #top = 0;

  /** @param capacity blocks that it looks back on, below 65,536 */
  constructor(capacity: number) {
    this.#values = new Float64Array(capacity).fill(Number.NaN);
    this.#buckets = new Uint16Array(capacity);
  }

  /** Blocks that it has seen, at most its capacity. */
  get length(): number {
    return this.#filled;
  }

  /** Blocks of these that have a value. */
  get known(): number {
    return this.#known;
  }

  push(value: number): void {
    const oldest = this.#values[this.#next] ?? Number.NaN;
    // Most series stand still most of the time, often at zero.
    if (oldest !== value) {
      if (!Number.isNaN(oldest)) this.#count(this.#buckets[this.#next] ?? 0, -1);
      if (!Number.isNaN(value)) {
        const bucket = bucketOf(value);
        this.#buckets[this.#next] = bucket;
        this.#count(bucket, 1);
      }
    }
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % this.#values.length;
    this.#filled = Math.min(this.#filled + 1, this.#values.length);
  }

  /** Pushes the same value so many times. */
  fill(times: number, value: number): void {
    for (let left = Math.min(times, this.#values.length); left > 0; left -= 1) this.push(value);
  }

  copy(): RollingSeries {
    const copy = new RollingSeries(this.#values.length);
    copy.#values.set(this.#values);
    copy.#buckets.set(this.#buckets);
    copy.#histogram.set(this.#histogram);
    copy.#next = this.#next;
    copy.#filled = this.#filled;
    copy.#known = this.#known;
    copy.#top = this.#top;
    return copy;
  }

  /** Value of so many blocks ago: 1 is the last one. `NaN` where there is none. */
  at(back: number): number {
    const { length } = this.#values;
    return back > this.#filled ? Number.NaN : (this.#values[(this.#next - back + length) % length] ?? Number.NaN);
  }

  /** How many lie above the value, by whole steps of the histogram; counts no further than `enough`. */
  countAbove(value: number, enough: number): number {
    let count = 0;
    for (let bucket = this.#top; bucket > bucketOf(value) && count < enough; bucket -= 1) {
      count += this.#histogram[bucket] ?? 0;
    }
    return count;
  }

  /** How many are as high as the value or higher; counts no further than `enough`. */
  countAtLeast(value: number, enough: number): number {
    let count = 0;
    for (let place = 0; place < this.#values.length && count < enough; place += 1) {
      if ((this.#values[place] ?? Number.NaN) >= value) count += 1;
    }
    return count;
  }

  /** The `count` highest values and those that share the lowest one's step, descending. */
  highest(count: number): Float64Array {
    let least = this.#top;
    let seen = this.#histogram[least] ?? 0;
    while (seen < count && least > 0) {
      least -= 1;
      seen += this.#histogram[least] ?? 0;
    }
    const highest = new Float64Array(seen);
    let place = 0;
    for (let at = 0; at < this.#values.length; at += 1) {
      if ((this.#buckets[at] ?? 0) < least || Number.isNaN(this.#values[at])) continue;
      highest[place] = this.#values[at] ?? 0;
      place += 1;
    }
    return highest.sort().reverse();
  }

  /**
   * How many events the values above a level belong to: such that follow within `gap` blocks are of one event.
   * Source: Smith & Weissman (1994), Estimating the extremal index (the runs estimator).
   */
  countRuns(level: number, gap: number): { readonly values: number; readonly events: number } {
    let values = 0;
    let events = 0;
    let lastBack = Number.POSITIVE_INFINITY;
    for (let back = this.#filled; back >= 1; back -= 1) {
      if (!(this.at(back) > level)) continue;
      values += 1;
      if (lastBack - back > gap) events += 1;
      lastBack = back;
    }
    return { values, events };
  }

  /** Sum of the last values; `NaN` where one of them is missing. */
  sumOfLast(count: number): number {
    let sum = 0;
    for (let back = 1; back <= count; back += 1) sum += this.at(back);
    return sum;
  }

  /** The values that are there, ascending. */
  sorted(): Float64Array {
    const known = new Float64Array(this.#known);
    let place = 0;
    for (const value of this.#values) {
      if (Number.isNaN(value)) continue;
      known[place] = value;
      place += 1;
    }
    return known.sort();
  }

  #count(bucket: number, by: 1 | -1): void {
    this.#histogram[bucket] = (this.#histogram[bucket] ?? 0) + by;
    this.#known += by;
    if (bucket > this.#top) this.#top = bucket;
    while (this.#top > 0 && this.#histogram[this.#top] === 0) this.#top -= 1;
  }
}

function bucketOf(value: number): number {
  if (value === 0) return DOUBLINGS * STEPS;
  const doublings = Math.sign(value) * Math.log2(1 + Math.abs(value) * FINEST);
  return Math.min(Math.max(Math.floor((doublings + DOUBLINGS) * STEPS), 0), BUCKETS - 1);
}
