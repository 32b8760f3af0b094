import { TARGET_SPACING } from "./block-times.ts";

/** Blocks of a difficulty period. */
export const PERIOD_BLOCKS = 2_016;

/** Seconds that a period shall take. */
export const PERIOD_SECONDS = PERIOD_BLOCKS * TARGET_SPACING;

/** Least and most seconds that a period counts as: difficulty changes by four times at most. */
export function clampTimespan(seconds: number): number {
  return Math.min(Math.max(seconds, PERIOD_SECONDS / 4), PERIOD_SECONDS * 4);
}

/**
 * Compact target of the next period.
 * @param seconds from the header time of the period's first block to that of its last: 2,015 intervals count as 2,016
 * @param powLimitBits the network's highest target
 * Source: Core `CalculateNextWorkRequired`, pow.cpp.
 */
export function nextBits(bits: number, seconds: number, powLimitBits: number): number {
  const target = (targetOf(bits) * BigInt(clampTimespan(seconds))) / BigInt(PERIOD_SECONDS);
  const limit = targetOf(powLimitBits);
  return compactOf(target < limit ? target : limit);
}

function targetOf(bits: number): bigint {
  const exponent = BigInt(bits >>> 24);
  const mantissa = BigInt(bits & 0x7f_ffff);
  return exponent <= 3n ? mantissa >> (8n * (3n - exponent)) : mantissa << (8n * (exponent - 3n));
}

/** Three bytes of mantissa, rounded down; the highest bit is a sign and stays clear. Source: Core `GetCompact`. */
function compactOf(target: bigint): number {
  let bytes = 0;
  while (target >> (8n * BigInt(bytes)) > 0n) bytes += 1;
  const shift = 8n * BigInt(bytes - 3);
  let mantissa = Number(shift >= 0n ? target >> shift : target << -shift);
  if (mantissa >= 0x80_0000) {
    mantissa >>>= 8;
    bytes += 1;
  }
  return ((bytes << 24) | mantissa) >>> 0;
}
