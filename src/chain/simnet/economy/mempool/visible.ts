import type { World } from "../world.ts";
import type { WaitingTransaction } from "./waiting-transaction.ts";

/**
 * What a node sees waiting. While two branches race it has the losing one: what only the winner has mined still waits
 * for it, and what the loser has mined does not.
 */
export function visibleMempool({ mempool, race }: World): readonly WaitingTransaction[] {
  if (race === undefined) return mempool.waiting;
  return [...mempool.waiting, ...race.confirmed].filter((tx) => !race.seen.has(tx));
}
