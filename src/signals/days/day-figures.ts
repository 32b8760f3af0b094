/** What a daily series says of a day; `null` where it says nothing. */
export type DayFigures = {
  /** Satoshis that came to exchanges. */
  readonly inflow: number | null;
  /** Satoshis that left exchanges. */
  readonly outflow: number | null;
  /** sat/vB. */
  readonly feeRate: number | null;
  /** Blocks that were found. */
  readonly blocks: number | null;
};

/** Virtual bytes that a block holds at most, before 2017 as well. Source: Core `MAX_BLOCK_WEIGHT` over 4. */
const FULL_BLOCK = 1_000_000;

/**
 * Fee rate of a day of which the sum of fees alone is known, sat/vB: by the room of its blocks, as if all were full.
 * Where they are not, it is less than what was paid.
 * @param fees satoshis
 */
export function feeRateOfDay(fees: number, blocks: number): number | null {
  return blocks > 0 ? fees / (blocks * FULL_BLOCK) : null;
}
