/** Numbers in their order. */
export class Ascending {
  readonly #values: Float64Array;
  #size = 0;

  /** @param capacity the most that it holds */
  constructor(capacity: number) {
    this.#values = new Float64Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  /** `NaN` where there is none at this place. */
  at(place: number): number {
    return place < this.#size ? (this.#values[place] ?? Number.NaN) : Number.NaN;
  }

  values(): Float64Array {
    return this.#values.subarray(0, this.#size);
  }

  add(value: number): void {
    const place = this.#firstNotBelow(value);
    this.#values.copyWithin(place + 1, place, this.#size);
    this.#values[place] = value;
    this.#size += 1;
  }

  /** @param ascending none of them below those that it holds */
  addHighest(ascending: Float64Array): void {
    this.#values.set(ascending, this.#size);
    this.#size += ascending.length;
  }

  /** Nothing, where it is not among them. */
  remove(value: number): void {
    const place = this.#firstNotBelow(value);
    if (this.at(place) !== value) return;
    this.#values.copyWithin(place, place + 1, this.#size);
    this.#size -= 1;
  }

  /** @returns the highest that was dropped */
  dropLowest(count: number): number {
    const dropped = this.at(count - 1);
    this.#values.copyWithin(0, count, this.#size);
    this.#size -= count;
    return dropped;
  }

  #firstNotBelow(value: number): number {
    let [from, to] = [0, this.#size];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#values[middle] ?? 0) < value) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
