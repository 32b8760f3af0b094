/** The heights of the coins of one undo record. */
export class CoinHeights {
  /** Those known so far; whoever writes behind them, into what was reserved, counts in `length` what it wrote. */
  column: Uint32Array;
  length = 0;
  #anyUnknown = false;

  constructor(capacity: number) {
    this.column = new Uint32Array(capacity);
  }

  /** Makes room for so many more. */
  reserve(coins: number): void {
    if (this.length + coins <= this.column.length) return;
    const column = new Uint32Array((this.length + coins) * 2);
    column.set(this.column);
    this.column = column;
  }

  /** @param height -1 where it is unknown */
  push(height: number): void {
    if (height < 0) this.#anyUnknown = true;
    this.column[this.length] = height;
    this.length += 1;
  }

  /** `undefined` where one of them is unknown. */
  finish(): Uint32Array | undefined {
    return this.#anyUnknown ? undefined : this.column.subarray(0, this.length);
  }
}
