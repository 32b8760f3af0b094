import { MAX_MONEY } from "./byte-reader.ts";
import { type CompressedReader, TOO_LONG } from "./compressed-reader.ts";

const POWERS_OF_TEN = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9] as const;

/** Reads a compressed amount and returns satoshis. */
export function readAmount(reader: CompressedReader): number {
  const start = reader.offset;
  const compressed = reader.longVarInt("amount");
  const sats =
    compressed === TOO_LONG ? decompressLargeAmount(reader.bigVarInt("amount")) : decompressAmount(compressed);
  if (sats > MAX_MONEY) reader.fail("amount", "is outside 0…21 million BTC", start);
  return sats;
}

/**
 * Satoshis of a compressed amount that a number holds exactly. It may be one that cannot be: the caller compares it with
 * 21 million BTC. Digits and exponent of ten: `1 + 10 · (9 · (n without its last digit) + last digit - 1) + exponent`.
 * Source: Core `compressor.cpp`, `DecompressAmount`.
 */
export function decompressAmount(compressed: number): number {
  if (compressed === 0) return 0;
  const rest = quotient(compressed - 1, 10);
  const exponent = compressed - 1 - rest * 10;
  if (exponent === 9) return (rest + 1) * 1e9;
  const leading = quotient(rest, 9);
  return (leading * 10 + (rest - leading * 9) + 1) * (POWERS_OF_TEN[exponent] ?? 1);
}

/** Most amounts fit into 32 bits, and these are divided faster. */
function quotient(dividend: number, divisor: number): number {
  return dividend <= 0x7fff_ffff ? (dividend / divisor) | 0 : Math.floor(dividend / divisor);
}

/** The same for a compressed amount beyond 2^53. */
function decompressLargeAmount(compressed: bigint): number {
  const rest = (compressed - 1n) / 10n;
  const exponent = Number((compressed - 1n) % 10n);
  const digits = exponent === 9 ? rest + 1n : (rest / 9n) * 10n + (rest % 9n) + 1n;
  return Number(digits) * (POWERS_OF_TEN[exponent] ?? 1);
}
