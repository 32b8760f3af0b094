const SATS_PER_BTC = 100_000_000;

/** `locale` is the reader's own unless a test says otherwise. */
export function formatCount(value: number, locale?: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(value);
}

/** `1 transaction`, `2,048 transactions`. */
export function formatTransactions(count: number, locale?: string): string {
  return count === 1 ? "1 transaction" : `${formatCount(count, locale)} transactions`;
}

/** All decimals that there are, at most eight. A double holds any amount up to the supply closely enough for that. */
export function formatBtc(sats: number, locale?: string): string {
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 8 }).format(sats / SATS_PER_BTC)} BTC`;
}

/** Four significant digits, for where an amount is read beside others; from 1,000 BTC on whole ones. */
export function formatBtcBriefly(sats: number, locale?: string): string {
  const btc = sats / SATS_PER_BTC;
  const digits = Math.abs(btc) >= 1_000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 4 };
  return `${new Intl.NumberFormat(locale, digits).format(btc)} BTC`;
}

/** A mean of stars, with one decimal always. */
export function formatStars(stars: number, locale?: string): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(stars);
}

/** sat/vB with one decimal below 10, none above. */
export function formatFeeRate(feeRate: number, locale?: string): string {
  const decimals = feeRate < 9.95 ? 1 : 0;
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(locale, digits).format(feeRate);
}

/** One decimal, rounded down: what is exceeded by anything must not read as 100 %. */
export function formatPercent(percent: number, locale?: string): string {
  const decimals = percent === 100 ? 0 : 1;
  const digits = {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    roundingMode: "trunc",
  } as const;
  return `${new Intl.NumberFormat(locale, digits).format(percent)} %`;
}
