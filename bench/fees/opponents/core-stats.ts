/**
 * What Bitcoin Core's `TxConfirmStats` keeps, rebuilt from the description of policy/fees.cpp (30.x; behaviour, not
 * code): by bucket of the fee rate how many transactions were confirmed, how many of them within each number of periods,
 * how many left unconfirmed, all decaying from block to block, and how many wait since which block.
 */
export type Horizon = {
  readonly periods: number;
  /** Blocks of a period. */
  readonly scale: number;
  readonly decay: number;
  /** Transactions per block that a range of buckets needs before it says anything. */
  readonly sufficient: number;
};

/** Upper bounds of the buckets, sat/kvB: 5 % apart. */
const BOUNDS: readonly number[] = (() => {
  const bounds: number[] = [];
  for (let bound = 100; bound <= 1e7; bound *= 1.05) bounds.push(bound);
  return [...bounds, Number.POSITIVE_INFINITY];
})();

export function bucketOfRate(feePerKvb: number): number {
  return BOUNDS.findIndex((bound) => bound >= feePerKvb);
}

const zeros = (): Float64Array => new Float64Array(BOUNDS.length);

export class ConfirmationStats {
  readonly #horizon: Horizon;
  readonly #confirmed = zeros();
  readonly #rateSum = zeros();
  readonly #within: Float64Array[];
  readonly #failed: Float64Array[];
  /** By the block that they came on, as many as the horizon reaches. */
  readonly #waiting: Float64Array[];
  /** Of each of them how many: most of the old ones are empty. */
  readonly #counts: Float64Array;
  readonly #waitingLonger = zeros();

  constructor(horizon: Horizon) {
    this.#horizon = horizon;
    this.#within = Array.from({ length: horizon.periods }, zeros);
    this.#failed = Array.from({ length: horizon.periods }, zeros);
    this.#waiting = Array.from({ length: this.mostConfirms }, zeros);
    this.#counts = new Float64Array(this.mostConfirms);
  }

  get mostConfirms(): number {
    return this.#horizon.periods * this.#horizon.scale;
  }

  beginBlock(height: number): void {
    const oldest = this.#waitingSince(height);
    add(this.#waitingLonger, oldest);
    oldest.fill(0);
    this.#counts[this.#placeOf(height)] = 0;
    for (const row of [this.#confirmed, this.#rateSum, ...this.#within, ...this.#failed]) {
      for (let bucket = 0; bucket < row.length; bucket += 1) row[bucket] = (row[bucket] ?? 0) * this.#horizon.decay;
    }
  }

  enter(height: number, bucket: number): void {
    bump(this.#waitingSince(height), bucket, 1);
    bump(this.#counts, this.#placeOf(height), 1);
  }

  leave({ height, best, bucket, mined }: { height: number; best: number; bucket: number; mined: boolean }): void {
    const age = best - height;
    const isOld = age >= this.mostConfirms;
    const row = isOld ? this.#waitingLonger : this.#waitingSince(height);
    if ((row[bucket] ?? 0) > 0) {
      bump(row, bucket, -1);
      if (!isOld) bump(this.#counts, this.#placeOf(height), -1);
    }
    if (mined || age < this.#horizon.scale) return;
    const periods = Math.min(Math.floor(age / this.#horizon.scale), this.#horizon.periods);
    for (let period = 0; period < periods; period += 1) bump(this.#failed[period] ?? zeros(), bucket, 1);
  }

  record(blocks: number, bucket: number, feePerKvb: number): void {
    const first = Math.ceil(blocks / this.#horizon.scale);
    for (const row of this.#within.slice(first - 1)) bump(row, bucket, 1);
    bump(this.#confirmed, bucket, 1);
    bump(this.#rateSum, bucket, feePerKvb);
  }

  /**
   * Mean fee rate (sat/kvB) of the median bucket in the cheapest range of buckets of which `success` were confirmed
   * within `target` blocks, as are all dearer ones; -1 where nothing is.
   */
  estimate(target: number, success: number, height: number): number {
    const { decay, scale, sufficient } = this.#horizon;
    const within = this.#within[Math.ceil(target / scale) - 1] ?? zeros();
    const failed = this.#failed[Math.ceil(target / scale) - 1] ?? zeros();
    const overdue = this.#overdue(target, height);
    let range = { confirmed: 0, within: 0, failed: 0, overdue: 0, from: BOUNDS.length - 1 };
    let enough = 0;
    let best: { from: number; to: number } | undefined;
    for (let bucket = BOUNDS.length - 1; bucket >= 0; bucket -= 1) {
      range.confirmed += this.#confirmed[bucket] ?? 0;
      range.within += within[bucket] ?? 0;
      range.failed += failed[bucket] ?? 0;
      range.overdue += overdue[bucket] ?? 0;
      enough += this.#confirmed[bucket] ?? 0;
      if (enough < sufficient / (1 - decay)) continue;
      enough = 0;
      if (range.within / (range.confirmed + range.failed + range.overdue) < success) continue;
      best = { from: bucket, to: range.from };
      range = { confirmed: 0, within: 0, failed: 0, overdue: 0, from: bucket - 1 };
    }
    return best === undefined ? -1 : this.#medianRate(best);
  }

  #medianRate({ from, to }: { readonly from: number; readonly to: number }): number {
    let half = 0;
    for (let bucket = from; bucket <= to; bucket += 1) half += (this.#confirmed[bucket] ?? 0) / 2;
    for (let bucket = from; bucket <= to; bucket += 1) {
      const confirmed = this.#confirmed[bucket] ?? 0;
      if (confirmed >= half && confirmed > 0) return (this.#rateSum[bucket] ?? 0) / confirmed;
      half -= confirmed;
    }
    return -1;
  }

  /** Of each bucket what waits for `target` blocks or longer. */
  #overdue(target: number, height: number): Float64Array {
    const sum = Float64Array.from(this.#waitingLonger);
    for (let age = target; age < this.mostConfirms; age += 1) {
      if ((this.#counts[this.#placeOf(height - age)] ?? 0) > 0) add(sum, this.#waitingSince(height - age));
    }
    return sum;
  }

  #waitingSince(height: number): Float64Array {
    return this.#waiting[this.#placeOf(height)] ?? zeros();
  }

  #placeOf(height: number): number {
    const { length } = this.#waiting;
    return ((height % length) + length) % length;
  }
}

function bump(row: Float64Array, bucket: number, by: number): void {
  row[bucket] = (row[bucket] ?? 0) + by;
}

function add(to: Float64Array, row: Float64Array): void {
  for (let bucket = 0; bucket < to.length; bucket += 1) to[bucket] = (to[bucket] ?? 0) + (row[bucket] ?? 0);
}
