import type { SpentOutputs, TransactionView } from "#bitcoin";
import type { Collector } from "./read-block.ts";
import type { TransactionParts } from "./transaction-parts.ts";

const SATS_PER_COIN = 100_000_000;

/** Ten minutes a block: what heights alone tell of time. */
export const BLOCKS_PER_DAY = 144;

/** Spent-output age bands by their upper bounds in blocks: an hour has 6, a month 30 days, a year 365. Source: Glassnode. */
const BANDS = [
  ["under_1h", 6],
  ["1h_1d", BLOCKS_PER_DAY],
  ["1d_1w", 7 * BLOCKS_PER_DAY],
  ["1w_1m", 30 * BLOCKS_PER_DAY],
  ["1m_3m", 90 * BLOCKS_PER_DAY],
  ["3m_6m", 180 * BLOCKS_PER_DAY],
  ["6m_12m", 365 * BLOCKS_PER_DAY],
  ["1y_2y", 2 * 365 * BLOCKS_PER_DAY],
  ["2y_3y", 3 * 365 * BLOCKS_PER_DAY],
  ["3y_5y", 5 * 365 * BLOCKS_PER_DAY],
  ["5y_7y", 7 * 365 * BLOCKS_PER_DAY],
  ["7y_10y", 10 * 365 * BLOCKS_PER_DAY],
  ["over_10y", Infinity],
] as const;

export type AgeBand = (typeof BANDS)[number][0];

/** Names of the bands, the youngest first. */
export const AGE_BANDS: readonly AgeBand[] = BANDS.map(([name]) => name);

const YEAR = 365 * BLOCKS_PER_DAY;

export type CoinAge = {
  readonly coin_days_destroyed: number | null;
  readonly dormancy: number | null;
  readonly average_lifespan: number | null;
  readonly spent_age_bands: Readonly<Record<AgeBand, number>> | null;
  readonly revived_supply: number | null;
};

const UNKNOWN: CoinAge = {
  coin_days_destroyed: null,
  dormancy: null,
  average_lifespan: null,
  spent_age_bands: null,
  revived_supply: null,
};

/** How long the coins that a block spends have lain still. */
export class CoinAgeCollector implements Collector {
  readonly #height: number;
  readonly #known: boolean;
  readonly #bands = new Float64Array(BANDS.length);
  #satBlocks = 0;
  #blocks = 0;
  #coins = 0;
  #value = 0;
  #revived = 0;

  constructor(height: number, spent: SpentOutputs | undefined) {
    this.#height = height;
    this.#known = spent?.coinHeights !== undefined;
  }

  take(_tx: TransactionView, { coins }: TransactionParts): void {
    if (!this.#known) return;
    for (let index = 0; index < coins.count; index += 1) {
      const value = coins.value[index] ?? 0;
      const age = this.#height - (coins.height[index] ?? 0);
      this.#satBlocks += value * age;
      this.#blocks += age;
      this.#value += value;
      this.#coins += 1;
      if (age >= YEAR) this.#revived += value;
      const band = bandOf(age);
      this.#bands[band] = (this.#bands[band] ?? 0) + value;
    }
  }

  /** `null` where the source does not know at which height the coins were made; means of no coins are `null` too. */
  get ages(): CoinAge {
    if (!this.#known) return UNKNOWN;
    const coinDays = this.#satBlocks / SATS_PER_COIN / BLOCKS_PER_DAY;
    return {
      coin_days_destroyed: coinDays,
      dormancy: this.#value === 0 ? null : this.#satBlocks / this.#value / BLOCKS_PER_DAY,
      average_lifespan: this.#coins === 0 ? null : this.#blocks / this.#coins / BLOCKS_PER_DAY,
      spent_age_bands: Object.fromEntries(BANDS.map(([name], index) => [name, this.#bands[index] ?? 0])) as Record<
        AgeBand,
        number
      >,
      revived_supply: this.#revived,
    };
  }
}

function bandOf(age: number): number {
  let band = 0;
  while (age >= (BANDS[band]?.[1] ?? Infinity)) band += 1;
  return band;
}
