import { Ascending } from "./ascending.ts";
import { Highest } from "./highest.ts";
import { median } from "./median.ts";

/**
 * The last values of one metric, on the scale on which they are compared. A block without a value (`NaN`) takes its
 * place all the same. What it tells depends on these values alone, not on what came before them:
 * counts are whole numbers, and no sum is carried along.
 */
export class RollingSeries {
  readonly #values: Float64Array;
  /** Made when it is first asked for: many series are only read one by one. */
  #highest: Highest | undefined;
  /** Likewise. */
  #ascending: Ascending | undefined;
  #next = 0;
  #filled = 0;
  #known = 0;

  /** @param capacity blocks that it looks back on, below 65,536 */
  constructor(capacity: number) {
    this.#values = new Float64Array(capacity).fill(Number.NaN);
  }

  /** How many values it holds at most. */
  get capacity(): number {
    return this.#values.length;
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
    const place = this.#next;
    const oldest = this.#values[place] ?? Number.NaN;
    // Most series stand still most of the time, often at zero.
    if (oldest !== value) {
      if (!Number.isNaN(oldest)) {
        this.#known -= 1;
        this.#highest?.remove(oldest);
        this.#ascending?.remove(oldest);
      }
      if (!Number.isNaN(value)) {
        this.#known += 1;
        this.#highest?.add(value);
        this.#ascending?.add(value);
      }
      this.#values[place] = value;
    }
    this.#next = place + 1 === this.#values.length ? 0 : place + 1;
    if (this.#filled < this.#values.length) this.#filled += 1;
  }

  /** Pushes the same value so many times. */
  fill(times: number, value: number): void {
    for (let left = Math.min(times, this.#values.length); left > 0; left -= 1) this.push(value);
  }

  /** The last values, the oldest first. */
  values(): Float64Array {
    const values = new Float64Array(this.#filled);
    for (let back = this.#filled; back >= 1; back -= 1) values[this.#filled - back] = this.at(back);
    return values;
  }

  copy(): RollingSeries {
    const copy = new RollingSeries(this.#values.length);
    copy.#values.set(this.#values);
    copy.#next = this.#next;
    copy.#filled = this.#filled;
    copy.#known = this.#known;
    return copy;
  }

  /** Value of so many blocks ago: 1 is the last one. `NaN` where there is none. */
  at(back: number): number {
    if (back > this.#filled) return Number.NaN;
    return this.#values[this.#placeOf(back)] ?? Number.NaN;
  }

  #placeOf(back: number): number {
    const place = this.#next - back;
    return place < 0 ? place + this.#values.length : place;
  }

  /** The highest values, so many at least or all there are. It keeps them in order from then on. */
  highest(count: number): Highest {
    if (this.#highest?.has(count) !== true) this.#highest = Highest.of(this.sorted(), count);
    return this.#highest;
  }

  /**
   * How many events the values above a level belong to: such that follow within `gap` blocks are of one event.
   * Source: Smith & Weissman (1994), Estimating the extremal index (the runs estimator).
   */
  countRuns(level: number, gap: number): { readonly values: number; readonly events: number } {
    const all = this.#values;
    let values = 0;
    let events = 0;
    let lastBack = Number.POSITIVE_INFINITY;
    let place = this.#placeOf(this.#filled);
    for (let back = this.#filled; back >= 1; back -= 1) {
      if ((all[place] ?? Number.NaN) > level) {
        values += 1;
        if (lastBack - back > gap) events += 1;
        lastBack = back;
      }
      place = place + 1 === all.length ? 0 : place + 1;
    }
    return { values, events };
  }

  /** How many of some values lie above zero and below it; `from` and `to` count back, the last value is 1. */
  countSigns(from: number, to: number): { readonly ups: number; readonly downs: number } {
    let ups = 0;
    let downs = 0;
    const values = this.#values;
    let place = this.#placeOf(from);
    for (let left = Math.min(to, this.#filled) - from; left >= 0; left -= 1) {
      const value = values[place] ?? 0;
      if (value > 0) ups += 1;
      else if (value < 0) downs += 1;
      place = place === 0 ? values.length - 1 : place - 1;
    }
    return { ups, downs };
  }

  /** Sum of the last values; `NaN` where one of them is missing. */
  sumOfLast(count: number): number {
    if (count > this.#filled) return Number.NaN;
    const values = this.#values;
    let sum = 0;
    let place = this.#placeOf(1);
    for (let left = count; left > 0; left -= 1) {
      sum += values[place] ?? Number.NaN;
      place = place === 0 ? values.length - 1 : place - 1;
    }
    return sum;
  }

  /** Middle of the values that are there; 0 for none. For short series: it keeps them in order from then on. */
  median(): number {
    if (this.#ascending === undefined) {
      this.#ascending = new Ascending(this.#values.length);
      this.#ascending.addHighest(this.sorted());
    }
    return median(this.#ascending.values());
  }

  /** The values that are there, ascending. */
  sorted(): Float64Array {
    return this.present().sort();
  }

  /** A copy of the values that are there, in no order. */
  present(): Float64Array {
    const known = new Float64Array(this.#known);
    let place = 0;
    for (const value of this.#values) {
      if (Number.isNaN(value)) continue;
      known[place] = value;
      place += 1;
    }
    return known;
  }
}
