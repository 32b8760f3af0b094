/** Shares of the block's weight at which Core's `getblockstats` reads the fee rate. */
const SHARES = [0.1, 0.25, 0.5, 0.75, 0.9] as const;

/** Fee in satoshis and weight of every transaction but the coinbase, in arrays that are reused from block to block. */
export type FeeTable = { readonly fees: Float64Array; readonly weights: Float64Array; readonly count: number };

/**
 * 10/25/50/75/90th percentile by weight of the unrounded fee rates (fee·4/weight, sat/vB): the first rate at which
 * the cumulative weight reaches the share. Their floors are Core's. No transactions: all 0.
 * Source: Core `CalculatePercentilesByWeight`, rpc/blockchain.cpp.
 */
export function feeRatePercentiles(table: FeeTable): number[] {
  if (table.count === 0) return SHARES.map(() => 0);
  const order = orderByRate(table);
  let total = 0;
  for (let index = 0; index < table.count; index += 1) total += table.weights[index] ?? 0;
  const result: number[] = [];
  let cumulative = 0;
  let last = 0;
  for (const index of order) {
    cumulative += table.weights[index] ?? 0;
    last = rateOf(table, index);
    while (result.length < SHARES.length && cumulative >= total * (SHARES[result.length] ?? 1)) result.push(last);
  }
  while (result.length < SHARES.length) result.push(last);
  return result;
}

function rateOf(table: FeeTable, index: number): number {
  return ((table.fees[index] ?? 0) * 4) / (table.weights[index] ?? 1);
}

/**
 * Indexes in ascending order of rate. Sorting numbers is ten times as fast as sorting with a comparison function, so
 * each rate carries its index in its lowest mantissa bits; two rates that differ there alone are equal to 1 part in 10^9.
 */
function orderByRate(table: FeeTable): Uint32Array {
  const indexBits = 32 - Math.clz32(Math.max(1, table.count - 1));
  const mask = 2 ** indexBits - 1;
  const keys = new Float64Array(table.count);
  const words = new Uint32Array(keys.buffer);
  for (let index = 0; index < table.count; index += 1) {
    keys[index] = rateOf(table, index);
    words[index * 2] = ((words[index * 2] ?? 0) & ~mask) | index;
  }
  keys.sort();
  const order = new Uint32Array(table.count);
  for (let index = 0; index < table.count; index += 1) order[index] = (words[index * 2] ?? 0) & mask;
  return order;
}
