/** Steps in a doubling, and the doublings on each side of zero: 2^-10 to 2^60. */
const STEPS = 16;
const DOUBLINGS = 70;
const FINEST = 1_024;
const BUCKETS = 2 * DOUBLINGS * STEPS;

/** How many values of a series lie in each step of a logarithmic scale. Counts are whole numbers, so none drifts. */
export class Histogram {
  /** Step of the value at each place. */
  readonly #steps: Uint16Array;
  readonly #counts = new Uint16Array(BUCKETS);
  /** No value lies in a step above it. */
  #top = 0;

  private constructor(places: number) {
    this.#steps = new Uint16Array(places);
  }

  static of(values: Float64Array): Histogram {
    const histogram = new Histogram(values.length);
    for (let place = 0; place < values.length; place += 1) {
      histogram.replace(place, Number.NaN, values[place] ?? Number.NaN);
    }
    return histogram;
  }

  /** The value at a place is another one; `NaN` is none. */
  replace(place: number, old: number, value: number): void {
    if (!Number.isNaN(value)) {
      const step = stepOf(value);
      this.#counts[step] = (this.#counts[step] ?? 0) + 1;
      if (step > this.#top) this.#top = step;
      if (!Number.isNaN(old)) this.#leave(this.#steps[place] ?? 0);
      this.#steps[place] = step;
    } else if (!Number.isNaN(old)) this.#leave(this.#steps[place] ?? 0);
  }

  #leave(step: number): void {
    this.#counts[step] = (this.#counts[step] ?? 0) - 1;
    while (this.#top > 0 && this.#counts[this.#top] === 0) this.#top -= 1;
  }

  copy(): Histogram {
    const copy = new Histogram(this.#steps.length);
    copy.#steps.set(this.#steps);
    copy.#counts.set(this.#counts);
    copy.#top = this.#top;
    return copy;
  }

  /** How many lie in a step above the value's; counts no further than `enough`. */
  countAbove(value: number, enough: number): number {
    const own = stepOf(value);
    let count = 0;
    for (let step = this.#top; step > own && count < enough; step -= 1) count += this.#counts[step] ?? 0;
    return count;
  }

  /** The `count` highest of the values and those that share the lowest one's step, in no order. */
  highest(values: Float64Array, count: number): Float64Array {
    let least = this.#top;
    let seen = this.#counts[least] ?? 0;
    while (seen < count && least > 0) {
      least -= 1;
      seen += this.#counts[least] ?? 0;
    }
    const highest = new Float64Array(seen);
    let found = 0;
    for (let place = 0; place < values.length; place += 1) {
      if ((this.#steps[place] ?? 0) < least || Number.isNaN(values[place])) continue;
      highest[found] = values[place] ?? 0;
      found += 1;
    }
    return highest;
  }
}

function stepOf(value: number): number {
  if (value === 0) return DOUBLINGS * STEPS;
  const doublings = Math.sign(value) * Math.log2(1 + Math.abs(value) * FINEST);
  return Math.min(Math.max(Math.floor((doublings + DOUBLINGS) * STEPS), 0), BUCKETS - 1);
}
