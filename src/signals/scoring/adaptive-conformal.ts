import { residualQuantile } from "./residual-quantile.ts";

export type Interval = { readonly low: number; readonly high: number };

export type ConformalSettings = {
  /** Coverage that is asked for: 0.8. */
  readonly nominal: number;
  /** Earlier residuals that say how far off a forecast is. */
  readonly window: number;
  /** Step of the adaptation; 0 never adapts, and is the rolling empirical interval. */
  readonly gamma: number;
};

/**
 * Intervals about forecasts that keep their coverage while the world changes: after a miss the next one is wider, after
 * a hit narrower. Each end has its own miss rate, half of the whole, since fees err upwards and downwards unalike.
 * What it has become depends on all it has seen; fed with the same outcomes, it is the same again.
 * Source: Gibbs & Candès (2021), Adaptive conformal inference under distribution shift; finite by residual-quantile.ts.
 */
export class AdaptiveConformal {
  readonly #settings: ConformalSettings;
  readonly #target: number;
  /** Of the last forecasts, value less forecast, oldest first. */
  readonly #residuals: number[] = [];
  readonly #ascending: number[] = [];
  #missAbove: number;
  #missBelow: number;

  constructor(settings: ConformalSettings) {
    this.#settings = settings;
    this.#target = (1 - settings.nominal) / 2;
    this.#missAbove = this.#target;
    this.#missBelow = this.#target;
  }

  /** Of a forecast; `undefined` until half of its window is filled. */
  interval(forecast: number): Interval | undefined {
    if (this.#residuals.length < this.#settings.window / 2) return undefined;
    const above = this.#ascending;
    const below = above.map((residual) => -residual).reverse();
    const high = forecast + residualQuantile(above, this.#missAbove, this.#target);
    const low = forecast - residualQuantile(below, this.#missBelow, this.#target);
    return { low: Math.min(low, high), high: Math.max(low, high) };
  }

  /** What came of a forecast. */
  observe(forecast: number, value: number): void {
    const said = this.interval(forecast);
    if (said !== undefined) {
      const { gamma } = this.#settings;
      this.#missAbove += gamma * (this.#target - (value > said.high ? 1 : 0));
      this.#missBelow += gamma * (this.#target - (value < said.low ? 1 : 0));
    }
    this.#remember(value - forecast);
  }

  #remember(residual: number): void {
    this.#residuals.push(residual);
    this.#ascending.splice(placeOf(this.#ascending, residual), 0, residual);
    if (this.#residuals.length <= this.#settings.window) return;
    const oldest = this.#residuals.shift() ?? Number.NaN;
    this.#ascending.splice(placeOf(this.#ascending, oldest), 1);
  }
}

/** Where the first value lies that is not below. */
function placeOf(ascending: readonly number[], value: number): number {
  const place = ascending.findIndex((other) => other >= value);
  return place < 0 ? ascending.length : place;
}
