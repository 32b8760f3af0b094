import { isUnspendable, type TransactionView } from "#bitcoin";
import type { Collector } from "./read-block.ts";
import type { TransactionParts } from "./transaction-parts.ts";
import { type BlockPrices, dayOf, type PriceFeatures, priceOn, type PriceSeries } from "./price-features.ts";

/** An hour, by heights: coins with fewer blocks between them and their end are left out of the adjusted ratio. */
const BLOCKS_PER_HOUR = 6;

/** Prices count in hundred-millionths of the currency, so that sums are of integers and exact. */
const PRICE_UNITS = 1e8;
const SATS_PER_COIN = 1e8;

type CollectorOptions = {
  readonly height: number;
  readonly block: Uint8Array;
  /** Whether the spent outputs are known at all. */
  readonly spentKnown: boolean;
  readonly coinbaseEntersUtxoSet: boolean;
  readonly prices: BlockPrices;
};

/** What a block moves, in a currency. One instance a block. */
export class PriceCollector implements Collector {
  readonly #options: CollectorOptions;
  readonly #young: SpentByDay;
  readonly #old: SpentByDay;
  /** Satoshis of outputs that enter the UTXO set. */
  #created = 0;
  #totalOut = 0;

  constructor(options: CollectorOptions) {
    this.#options = options;
    this.#young = new SpentByDay(options.prices.series);
    this.#old = new SpentByDay(options.prices.series);
  }

  take(tx: TransactionView, { coins, outputs }: TransactionParts): void {
    for (let index = 0; index < coins.count; index += 1)
      this.#spent(coins.value[index] ?? 0, coins.height[index] ?? -1);
    if (tx.index > 0) this.#totalOut += tx.totalOut;
    else if (!this.#options.coinbaseEntersUtxoSet) return;
    for (let index = 0; index < outputs.count; index += 1) {
      if (isUnspendable(this.#options.block, outputs.start[index] ?? 0, outputs.end[index] ?? 0)) continue;
      this.#created += outputs.value[index] ?? 0;
    }
  }

  #spent(value: number, height: number): void {
    const { height: spentAt, prices } = this.#options;
    if (height < 0) this.#old.add(value, undefined);
    else if (height === spentAt) this.#young.addOfToday(value);
    else (spentAt - height < BLOCKS_PER_HOUR ? this.#young : this.#old).add(value, prices.timeOf(height));
  }

  /** `time`: of the block's header, unix seconds. */
  featuresAt(time: number): PriceFeatures {
    const { prices, spentKnown } = this.#options;
    const { name, version, currency } = prices.series;
    const price = priceOn(prices.series, time);
    const worth = (sats: number): bigint | undefined => product(sats, price);
    const [young, old] = [this.#young, this.#old];
    const sats = young.sats + old.sats;
    const spent = spentKnown ? worth(sats) : undefined;
    const oldCreated = spentKnown ? old.createdValue(price) : undefined;
    const created = plus(oldCreated, young.createdValue(price));
    const unpriced = young.unpricedAt(price) + old.unpricedAt(price);
    return {
      series: { name, version, currency },
      price: price ?? null,
      spent_value: inCurrency(spent),
      created_value: inCurrency(created),
      sopr: ratio(spent, created),
      asopr: ratio(worth(old.sats), oldCreated),
      realised_cap_change: inCurrency(minus(worth(this.#created), created)),
      total_out_value: inCurrency(worth(this.#totalOut)),
      priced_share: spentKnown && sats > 0 ? (sats - unpriced) / sats : null,
    };
  }
}

/** Satoshis of spent coins by the day on which they were made. */
class SpentByDay {
  sats = 0;
  readonly #series: PriceSeries;
  readonly #byDay: Float64Array;
  /** Made in the block that spends them. */
  #ofToday = 0;
  #unpriced = 0;

  constructor(series: PriceSeries) {
    this.#series = series;
    this.#byDay = new Float64Array(series.closes.length);
  }

  add(value: number, time: number | undefined): void {
    const { firstDay, closes } = this.#series;
    const day = time === undefined ? -1 : dayOf(time) - firstDay;
    this.sats += value;
    if ((closes[day] ?? 0) === 0) this.#unpriced += value;
    else this.#byDay[day] = (this.#byDay[day] ?? 0) + value;
  }

  addOfToday(value: number): void {
    this.sats += value;
    this.#ofToday += value;
  }

  unpricedAt(price: number | undefined): number {
    return this.#unpriced + (price === undefined ? this.#ofToday : 0);
  }

  /** All of them at the prices of their days; `undefined` where one of them is not known. */
  createdValue(price: number | undefined): bigint | undefined {
    if (this.unpricedAt(price) > 0) return undefined;
    let sum = product(this.#ofToday, price) ?? 0n;
    for (let day = 0; day < this.#byDay.length; day += 1) {
      const sats = this.#byDay[day] ?? 0;
      if (sats > 0) sum += product(sats, this.#series.closes[day]) ?? 0n;
    }
    return sum;
  }
}

function product(sats: number, price: number | undefined): bigint | undefined {
  return price === undefined ? undefined : BigInt(sats) * BigInt(Math.round(price * PRICE_UNITS));
}

function plus(left: bigint | undefined, right: bigint | undefined): bigint | undefined {
  return left === undefined || right === undefined ? undefined : left + right;
}

function minus(left: bigint | undefined, right: bigint | undefined): bigint | undefined {
  return left === undefined || right === undefined ? undefined : left - right;
}

function inCurrency(value: bigint | undefined): number | null {
  return value === undefined ? null : Number(value) / (PRICE_UNITS * SATS_PER_COIN);
}

function ratio(left: bigint | undefined, right: bigint | undefined): number | null {
  return left === undefined || right === undefined || right === 0n ? null : Number(left) / Number(right);
}
