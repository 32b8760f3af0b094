import type { Transfer } from "#features";
import type { BlockRow } from "../signal.ts";

const SATS_PER_COIN = 100_000_000;

/** A year of 144 blocks a day. */
const YEAR_DAYS = 365;

/**
 * Coin days of what changes hands in a block: of its `coin_days_destroyed` the part that neither returns to a script
 * that is spent from nor stays in one labelled house, where an owner's move between his own wallets ends no holding.
 * @returns `NaN` where the heights of the spent coins are not known
 */
export function coinDaysMoved(row: BlockRow): number {
  const total = row.features.coin_days_destroyed;
  return total === null ? Number.NaN : movedPart(row, total * SATS_PER_COIN, coinAge) / SATS_PER_COIN;
}

/** Satoshis of `revived_supply` that change hands. `NaN` where the heights of the spent coins are not known. */
export function revivedMoved(row: BlockRow): number {
  const total = row.features.revived_supply;
  return total === null ? Number.NaN : movedPart(row, total, (transfer) => (coinAge(transfer) >= YEAR_DAYS ? 1 : 0));
}

/** Coin days that a transfer takes from its sender. */
export function coinDaysOf(transfer: Transfer): number {
  return (coinAge(transfer) * transfer.value) / SATS_PER_COIN;
}

function coinAge({ coinAgeDays }: Transfer): number {
  return coinAgeDays ?? 0;
}

/**
 * Notable transfers are known one by one; of the rest of the block what is known is how much of it is change.
 * @param total over all that the block spends
 * @param weightOf what a spent satoshi of a transfer adds to the total
 */
function movedPart({ features, transfers }: BlockRow, total: number, weightOf: (transfer: Transfer) => number): number {
  let moved = 0;
  let rest = total;
  let restMoved = features.value_moved ?? 0;
  let restPaid = restMoved + (features.change ?? 0);
  for (const transfer of transfers) {
    const weight = weightOf(transfer);
    if (transfer.kind !== "in-house") moved += weight * transfer.value;
    rest -= weight * transfer.totalIn;
    restMoved -= transfer.value;
    restPaid -= transfer.totalOut;
  }
  return moved + (restPaid <= 0 ? 0 : Math.max(0, rest) * Math.max(0, restMoved / restPaid));
}
