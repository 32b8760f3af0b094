import type { Network } from "#bitcoin";

const PERIOD = 2016;
const PLANNED_SECONDS = PERIOD * 600;

/** What Core asks of the block after these. Source: Core `pow.cpp`, `CalculateNextWorkRequired`, in whole numbers of any size. */
export function expectedBits(
  headers: readonly { readonly time: number; readonly bits: number }[],
  { powLimitBits }: Pick<Network, "powLimitBits">,
): number {
  const last = headers.at(-1);
  if (last === undefined) throw new RangeError("nothing asks anything of block 0");
  const first = headers[headers.length - PERIOD];
  if (headers.length % PERIOD !== 0 || first === undefined) return last.bits;
  return nextBits(last.bits, last.time - first.time, powLimitBits);
}

/** `seconds`: from the first to the last block of the period. */
function nextBits(bits: number, seconds: number, powLimitBits: number): number {
  const taken = Math.max(PLANNED_SECONDS / 4, Math.min(seconds, PLANNED_SECONDS * 4));
  const target = (expand(bits) * BigInt(taken)) / BigInt(PLANNED_SECONDS);
  const limit = expand(powLimitBits) | ((1n << 232n) - 1n);
  return compact(target < limit ? target : limit);
}

/** Source: Core `arith_uint256::SetCompact`. */
function expand(bits: number): bigint {
  return BigInt(bits & 0x7f_ffff) << (8n * (BigInt(bits >>> 24) - 3n));
}

/** Source: Core `arith_uint256::GetCompact`. */
function compact(target: bigint): number {
  let size = Math.ceil(target.toString(16).length / 2);
  let mantissa = Number(target >> (8n * BigInt(size - 3)));
  if (mantissa >= 0x80_0000) {
    mantissa >>>= 8;
    size += 1;
  }
  return ((size << 24) | mantissa) >>> 0;
}
