import { bucketOfRate, ConfirmationStats, type Horizon } from "./core-stats.ts";

/**
 * A history-only estimator in the manner of Bitcoin Core's `CBlockPolicyEstimator` (policy/fees.cpp and fees.h of 30.x;
 * behaviour, not code): three horizons of confirmation counts; what was confirmed by 60 % within half the target, by
 * 85 % within it and by 95 % within twice of it, the highest of the three. Conservative: by 95 % within twice the target
 * on the longer horizons as well.
 */
const SHORT: Horizon = { periods: 12, scale: 1, decay: 0.962, sufficient: 0.5 };
const MEDIUM: Horizon = { periods: 24, scale: 2, decay: 0.9952, sufficient: 0.1 };
const LONG: Horizon = { periods: 42, scale: 24, decay: 0.99931, sufficient: 0.1 };

const HALF_SUCCESS = 0.6;
const SUCCESS = 0.85;
const DOUBLE_SUCCESS = 0.95;

export type CoreTransaction = {
  readonly id: string;
  readonly feePerKvb: number;
  /** Spends nothing that waits. */
  readonly alone: boolean;
};

type Tracked = { readonly height: number; readonly bucket: number; readonly feePerKvb: number };

export class CoreEstimator {
  readonly #short = new ConfirmationStats(SHORT);
  readonly #medium = new ConfirmationStats(MEDIUM);
  readonly #long = new ConfirmationStats(LONG);
  readonly #tracked = new Map<string, Tracked>();
  #best = 0;
  #firstRecorded = 0;

  enter({ id, feePerKvb, alone }: CoreTransaction, height: number): void {
    if (height !== this.#best || !alone || this.#tracked.has(id)) return;
    const bucket = bucketOfRate(feePerKvb);
    this.#tracked.set(id, { height, bucket, feePerKvb });
    for (const stats of this.#all()) stats.enter(height, bucket);
  }

  drop(id: string): void {
    this.#remove(id, false);
  }

  connect(mined: Iterable<string>, height: number): void {
    if (height <= this.#best) return;
    this.#best = height;
    for (const stats of this.#all()) stats.beginBlock(height);
    for (const id of mined) {
      const tx = this.#remove(id, true);
      if (tx === undefined || height <= tx.height) continue;
      for (const stats of this.#all()) stats.record(height - tx.height, tx.bucket, tx.feePerKvb);
      if (this.#firstRecorded === 0) this.#firstRecorded = height;
    }
  }

  /** sat/kvB, 0 where it cannot say: Core's `estimateFee`, the medium horizon alone. */
  estimateFee(target: number): number {
    if (target <= 1) return 0;
    return Math.max(0, Math.round(this.#medium.estimate(target, DOUBLE_SUCCESS, this.#best)));
  }

  /** sat/kvB, 0 where it cannot say: Core's `estimateSmartFee`. */
  estimateSmartFee(wanted: number, conservative: boolean): number {
    const span = this.#firstRecorded === 0 ? 0 : this.#best - this.#firstRecorded;
    const target = Math.min(Math.max(wanted, 2), this.#long.mostConfirms, Math.floor(span / 2));
    if (target <= 1) return 0;
    let fee = Math.max(
      this.#combined(Math.floor(target / 2), HALF_SUCCESS, true),
      this.#combined(target, SUCCESS, true),
      this.#combined(2 * target, DOUBLE_SUCCESS, !conservative),
    );
    if (conservative || fee === -1) fee = Math.max(fee, this.#conservative(2 * target));
    return Math.max(0, Math.round(fee));
  }

  /** By the shortest horizon that reaches so far, and no more than a shorter one says of its longest target. */
  #combined(target: number, success: number, checksShorter: boolean): number {
    const all = this.#all();
    const index = all.findIndex(({ mostConfirms }) => target <= mostConfirms);
    let fee = all[index]?.estimate(target, success, this.#best) ?? -1;
    for (const shorter of checksShorter ? all.slice(0, Math.max(index, 0)).toReversed() : []) {
      const most = shorter.estimate(shorter.mostConfirms, success, this.#best);
      if (most > 0 && (fee === -1 || most < fee)) fee = most;
    }
    return fee;
  }

  #conservative(target: number): number {
    const best = this.#best;
    const longer = (stats: ConfirmationStats, than: ConfirmationStats): number =>
      target <= than.mostConfirms ? stats.estimate(target, DOUBLE_SUCCESS, best) : -1;
    return Math.max(longer(this.#medium, this.#short), longer(this.#long, this.#medium));
  }

  #all(): readonly ConfirmationStats[] {
    return [this.#short, this.#medium, this.#long];
  }

  #remove(id: string, mined: boolean): Tracked | undefined {
    const tx = this.#tracked.get(id);
    if (tx === undefined) return undefined;
    this.#tracked.delete(id);
    for (const stats of this.#all()) stats.leave({ ...tx, best: this.#best, mined });
    return tx;
  }
}
