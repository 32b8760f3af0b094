/** Outcomes that it looks back on. */
const WINDOW = 3_000;

/** Of outcomes after which one counts by 1/e less. */
const MEMORY = 1_500;

/** What an outcome counts that came in other circumstances: so little that it matters only where there are no others. */
const LEAST_WEIGHT = 1e-4;

type Outcome = { readonly height: number; readonly circumstances: readonly number[]; readonly value: number };

/** What came out before, the more similar the circumstances and the more recent, the more it counts. */
export class SimilarOutcomes {
  /** Of each circumstance, the difference that makes two outcomes dissimilar. */
  readonly #widths: readonly number[];
  /** The oldest first. */
  readonly #outcomes: Outcome[] = [];

  constructor(widths: readonly number[]) {
    this.#widths = widths;
  }

  get size(): number {
    return this.#outcomes.length;
  }

  /** Height at which the newest one's forecast was made. */
  get newest(): number {
    return this.#outcomes.at(-1)?.height ?? Number.NEGATIVE_INFINITY;
  }

  /** Blocks from the first of them to the last. */
  get span(): number {
    return (this.#outcomes.at(-1)?.height ?? 0) - (this.#outcomes[0]?.height ?? 0);
  }

  /** They come in order of the height at which the forecast was made. */
  add(outcome: Outcome): void {
    this.#outcomes.push(outcome);
    if (this.#outcomes.length > WINDOW) this.#outcomes.shift();
  }

  /** Values with their weights: a Gaussian kernel over circumstances (Nadaraya and Watson, 1964), fading with age. */
  weigh(circumstances: readonly number[]): (readonly [value: number, weight: number])[] {
    const newest = this.#outcomes.length - 1;
    return this.#outcomes.map((outcome, index) => {
      let distance = (newest - index) / MEMORY;
      for (const [place, width] of this.#widths.entries()) {
        const difference = (outcome.circumstances[place] ?? 0) - (circumstances[place] ?? 0);
        distance += (difference / width) ** 2 / 2;
      }
      return [outcome.value, Math.exp(-distance) + LEAST_WEIGHT] as const;
    });
  }
}
