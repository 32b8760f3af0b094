import { Ascending } from "./ascending.ts";

/**
 * The highest of some values, in their order. It holds some more than are asked for, so that it stays of use while values
 * leave; which ones it holds besides depends on what came before, what it answers does not.
 */
export class Highest {
  readonly #kept: Ascending;
  readonly #capacity: number;
  /** Whatever is above it is kept, and of what equals it no more than there is. */
  #floor = Number.NEGATIVE_INFINITY;

  private constructor(capacity: number) {
    this.#capacity = capacity;
    this.#kept = new Ascending(capacity);
  }

  /** @param ascending all values, of which so many highest are asked for */
  static of(ascending: Float64Array, count: number): Highest {
    const highest = new Highest(2 * count);
    const dropped = Math.max(0, ascending.length - roomOf(highest.#capacity));
    highest.#kept.addHighest(ascending.subarray(dropped));
    if (dropped > 0) highest.#floor = ascending[dropped - 1] ?? highest.#floor;
    return highest;
  }

  /** Whether it still knows so many, or all there are. */
  has(count: number): boolean {
    return this.#kept.size >= count || this.#floor === Number.NEGATIVE_INFINITY;
  }

  add(value: number): void {
    if (value <= this.#floor) return;
    if (this.#kept.size === this.#capacity)
      this.#floor = this.#kept.dropLowest(this.#capacity - roomOf(this.#capacity));
    if (value > this.#floor) this.#kept.add(value);
  }

  /** It is one of the values. */
  remove(value: number): void {
    if (value >= this.#floor) this.#kept.remove(value);
  }

  /** The highest one has rank 0; `NaN` where there are not so many. */
  at(rank: number): number {
    return this.#kept.at(this.#kept.size - 1 - rank);
  }
}

/** How full it is made: so much may come, or leave, until it has to be made anew. */
function roomOf(capacity: number): number {
  return Math.floor(0.75 * capacity);
}
