import type { MempoolSnapshot } from "#bitcoin";
import type { ChainWalk } from "./chain-walk.ts";
import { VisibleMempool } from "./visible-mempool.ts";

type Watching = {
  /** The walk at the tip; undefined while the history is made. */
  readonly walk: () => ChainWalk | undefined;
  readonly now: () => number;
  readonly sleep: (durationMs: number, signal: AbortSignal) => Promise<void>;
  readonly blockWeight: number;
};

const EVERY_MS = 1_000;

/** What waits, every second. */
export async function* watchWaiting(watching: Watching, signal: AbortSignal): AsyncGenerator<MempoolSnapshot> {
  const { walk, now, sleep, blockWeight } = watching;
  const mempool = new VisibleMempool(blockWeight);
  while (!signal.aborted) {
    const at = walk();
    if (at?.tip !== undefined) yield mempool.look(at.world, { time: now(), tip: at.tip });
    await sleep(EVERY_MS, signal);
  }
}
