/** Header times of a chain by height, four bytes each. A block that replaces another takes its place. */
export class HeightTimes {
  #times: Uint32Array;

  /** A 0 is a height whose time is not known. */
  constructor(times: Uint32Array = new Uint32Array(0)) {
    this.#times = times;
  }

  /** Unix seconds; `undefined` where it is not known. */
  of(height: number): number | undefined {
    const time = this.#times[height];
    return time === 0 ? undefined : time;
  }

  set(height: number, time: number): void {
    this.#reach(height + 1);
    this.#times[height] = time;
  }

  setAll(first: number, times: Uint32Array): void {
    this.#reach(first + times.length);
    this.#times.set(times, first);
  }

  #reach(heights: number): void {
    if (heights <= this.#times.length) return;
    const longer = new Uint32Array(Math.max(heights, Math.ceil(this.#times.length * 1.25)));
    longer.set(this.#times);
    this.#times = longer;
  }
}
