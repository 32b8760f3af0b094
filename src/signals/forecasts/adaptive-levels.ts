export type AdaptiveSettings = {
  /** Outcomes that it looks back on. */
  readonly window: number;
  /** How far one outcome on the wrong side moves a level. */
  readonly gain: number;
};

type Outcome = { readonly value: number; readonly told: readonly number[] };

/**
 * Levels of quantiles, moved until what was told at them has been right as often as it says: of the outcomes a share of
 * `level` lies below a lower bound, of `1 - level` above an upper one. Source: Gibbs & Candès (2021), Adaptive Conformal
 * Inference Under Distribution Shift; here the sum of its corrections runs over the last outcomes only, so that nothing
 * older matters. Where a bound has to move by x for good, a share of x / (window · gain) of the error stays.
 */
export class AdaptiveLevels {
  readonly #settings: AdaptiveSettings;
  readonly #levels: readonly number[];
  /** The oldest first. */
  readonly #outcomes: Outcome[] = [];
  /** By level: outcomes beyond the bound, below those of levels under a half and above the others. */
  readonly #beyond: number[];

  /** @param levels the wanted ones, ascending, 0…1 */
  constructor(levels: readonly number[], settings: AdaptiveSettings) {
    this.#settings = settings;
    this.#levels = levels;
    this.#beyond = levels.map(() => 0);
  }

  /** Where to read the quantiles now, 0…1. */
  get current(): readonly number[] {
    const { gain } = this.#settings;
    return this.#levels.map((level, index) => {
      const excess = (this.#beyond[index] ?? 0) - this.#outcomes.length * Math.min(level, 1 - level);
      return Math.min(Math.max(level + (level < 0.5 ? -gain : gain) * excess, 0), 1);
    });
  }

  /** @param told the bounds that the forecast told, by level */
  resolve(value: number, told: readonly number[]): void {
    this.#outcomes.push({ value, told });
    this.#count({ value, told }, 1);
    if (this.#outcomes.length <= this.#settings.window) return;
    const oldest = this.#outcomes.shift();
    if (oldest !== undefined) this.#count(oldest, -1);
  }

  #count({ value, told }: Outcome, by: 1 | -1): void {
    for (const [index, level] of this.#levels.entries()) {
      const bound = told[index] ?? value;
      if (level < 0.5 ? value < bound : value > bound) this.#beyond[index] = (this.#beyond[index] ?? 0) + by;
    }
  }
}
