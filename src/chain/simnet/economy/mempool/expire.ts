import type { World } from "../world.ts";
import { feeRateOf, withdrawFrom } from "./mempool.ts";

/** Nodes forget what has waited for two weeks. Source: Core `DEFAULT_MEMPOOL_EXPIRY_HOURS`. */
const EXPIRY_SECONDS = 14 * 86_400;

/** Drops what has waited too long and, where too much waits, what offers least. */
export function trimMempool(world: World): void {
  const { mempool, time, density, people } = world;
  const old = mempool.waiting.filter(
    ({ arrivedAt, eventId }) => eventId === undefined && time - arrivedAt > EXPIRY_SECONDS,
  );
  for (const tx of old) if (tx.position >= 0) withdrawFrom(mempool, tx, people.wallets);
  const most = density.waitingBlocks * density.blockWeight;
  if (mempool.weight <= most) return;
  const cheapest = mempool.waiting
    .filter(({ eventId }) => eventId === undefined)
    .toSorted((left, right) => feeRateOf(left) - feeRateOf(right) || left.position - right.position);
  for (const tx of cheapest) {
    if (mempool.weight <= most * 0.95) break;
    if (tx.position >= 0 && tx.children.length === 0) withdrawFrom(mempool, tx, people.wallets);
  }
}
