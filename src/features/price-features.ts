/** Which prices a number was computed with. */
export type PriceSeriesName = {
  readonly name: string;
  /** Tells the contents from every other file of the same name. */
  readonly version: string;
  /** As a person named it, e.g. `USD`. */
  readonly currency: string;
};

/** What one bitcoin cost at the end of each day. */
export type PriceSeries = PriceSeriesName & {
  /** Days since 1970-01-01 of the first close. */
  readonly firstDay: number;
  /** Close of the first day and each after it; 0 where there is none. */
  readonly closes: Float64Array;
};

/** What is needed beside a block to value what it spends: prices, and when other blocks were made. */
export type BlockPrices = {
  readonly series: PriceSeries;
  /** Header time of the chain's block at this height, unix seconds; `undefined` where it is not known. */
  timeOf(height: number): number | undefined;
};

/**
 * A block in a currency. Each coin counts with the close of the UTC day of a block's header time: that of the block
 * that made it, or of the one that spends it. Glassnode's definitions. `null`: not known, for want of a price, of the
 * spent outputs or of the heights at which they were made.
 */
export type PriceFeatures = {
  readonly series: PriceSeriesName;
  /** Close of the block's day. */
  price: number | null;
  /** The spent coins at the block's price. */
  spent_value: number | null;
  /** The same coins at the prices of the days on which they were made. */
  created_value: number | null;
  /** `spent_value / created_value`; `null` too where nothing is spent. */
  sopr: number | null;
  /** The same without coins that are younger than an hour, which is taken as six blocks. */
  asopr: number | null;
  /**
   * What enters the UTXO set at the block's price, coinbase included, less `created_value`: summed over a chain, all
   * coins of the UTXO set, each at the price of the day on which it was made.
   */
  realised_cap_change: number | null;
  /** `total_out` of the block at its price: what is paid to anybody, change included. */
  total_out_value: number | null;
  /** How much of the spent value was made on days with a price, 0 to 1: below 1, `created_value` is `null`. */
  priced_share: number | null;
};

const SECONDS_PER_DAY = 86_400;

/** The UTC day of a moment, in days since 1970-01-01. */
export function dayOf(unixTime: number): number {
  return Math.floor(unixTime / SECONDS_PER_DAY);
}

/** As the calendar writes it. */
export function dateOf(day: number): string {
  return new Date(day * SECONDS_PER_DAY * 1_000).toISOString().slice(0, 10);
}

/** Close of the UTC day; nothing is carried over from other days. */
export function priceOn({ firstDay, closes }: PriceSeries, unixTime: number): number | undefined {
  const close = closes[dayOf(unixTime) - firstDay];
  return close === undefined || close === 0 ? undefined : close;
}
