import { median } from "./median.ts";

/** Values in their order, one of which leaves when another one comes. */
export class Ascending {
  readonly #values: Float64Array;
  #size = 0;

  /** @param capacity the most that it holds */
  constructor(capacity: number) {
    this.#values = new Float64Array(capacity);
  }

  add(value: number): void {
    const place = this.#firstNotBelow(value);
    this.#values.copyWithin(place + 1, place, this.#size);
    this.#values[place] = value;
    this.#size += 1;
  }

  /** It is one of them. */
  remove(value: number): void {
    const place = this.#firstNotBelow(value);
    this.#values.copyWithin(place, place + 1, this.#size);
    this.#size -= 1;
  }

  median(): number {
    return median(this.#values.subarray(0, this.#size));
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
