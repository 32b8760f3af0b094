import { writeNumber } from "./intl.ts";

const SATS_PER_BTC = 100_000_000;

/** `locale` is the reader's own unless a test says otherwise. */
export function formatCount(value: number, locale?: string): string {
  return writeNumber(value, { maximumFractionDigits: 0 }, locale);
}

/** `1 transaction`, `2,048 transactions`. */
export function formatTransactions(count: number, locale?: string): string {
  return count === 1 ? "1 transaction" : `${formatCount(count, locale)} transactions`;
}

/** All decimals that there are, at most eight. A double holds any amount up to the supply closely enough for that. */
export function formatBtc(sats: number, locale?: string): string {
  return `${writeNumber(sats / SATS_PER_BTC, { maximumFractionDigits: 8 }, locale)} BTC`;
}

/** Four significant digits, for where an amount is read beside others; from 1,000 BTC on whole ones. */
export function formatBtcBriefly(sats: number, locale?: string): string {
  const btc = sats / SATS_PER_BTC;
  const digits = Math.abs(btc) >= 1_000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 4 };
  return `${writeNumber(btc, digits, locale)} BTC`;
}

/** A mean of stars, with one decimal always. */
export function formatStars(stars: number, locale?: string): string {
  return formatDecimals(stars, 1, locale);
}

/** Always so many decimals, so that numbers of a column can be compared. */
export function formatDecimals(value: number, decimals: number, locale?: string): string {
  return writeNumber(value, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }, locale);
}

/** sat/vB with one decimal below 10, none above. */
export function formatFeeRate(feeRate: number, locale?: string): string {
  return formatDecimals(feeRate, feeRate < 9.95 ? 1 : 0, locale);
}

/** A probability that was learnt from some dozens of outcomes: more digits would say more than is known. */
export function formatConfidence(probability: number): string {
  return `${Math.round(probability * 100)} %`;
}

/** One decimal, rounded down: what is exceeded by anything must not read as 100 %. */
export function formatPercent(percent: number, locale?: string): string {
  const decimals = percent === 100 ? 0 : 1;
  const digits = {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    roundingMode: "trunc",
  } as const;
  return `${writeNumber(percent, digits, locale)} %`;
}
