/** Core's `MAX_MONEY`. */
const MOST_SATS = 2_100_000_000_000_000;
const COIN = 100_000_000;

/**
 * Satoshis of an amount that Core writes as a decimal number of BTC with 8 digits; `undefined` where it is none.
 * Exact: a number read from such a text lies within 2^-53 of its value, so multiplied by 10^8 it is less than half a
 * satoshi off (21 million BTC: 0.47), and dividing back, which rounds correctly, gives the same number only if the
 * text had no more than 8 digits.
 */
export function satsOfBtc(btc: number): number | undefined {
  const sats = Math.round(btc * COIN);
  return sats >= 0 && sats <= MOST_SATS && sats / COIN === btc ? sats : undefined;
}
