import { setImmediate as nextTurn } from "node:timers/promises";
import type { ChainBlock } from "../chain-source.ts";
import type { ChainClock } from "./chain-clock.ts";
import { createEconomy, type Economy, makeBlock } from "./economy/index.ts";
import type { SnapshotStore } from "./snapshot-store.ts";

/** What all who look at one simulated chain share. Each moves an economy of its own along it. */
export type Simulation = {
  readonly seed: number;
  readonly clock: ChainClock;
  readonly snapshots: SnapshotStore;
  /** Height of the tip when the source was opened. */
  readonly startHeight: number;
  /** Aborted when the source is closed. */
  readonly closed: AbortSignal;
};

/** One in a day while live, one in two weeks while the history is made. */
const SNAPSHOT_BLOCKS = { live: 144, history: 2016 } as const;

/** An economy at `height` or, where no snapshot is that near, below it. */
export async function openEconomy({ seed, snapshots }: Simulation, height: number): Promise<Economy> {
  return (await snapshots.findAtOrBelow(height)) ?? createEconomy(seed);
}

/** Lets others have their turn first, as a history is thousands of blocks. */
export async function produce(economy: Economy): Promise<ChainBlock> {
  await nextTurn();
  return makeBlock(economy);
}

export async function saveWhenDue({ snapshots, startHeight }: Simulation, economy: Economy): Promise<void> {
  const { height } = economy;
  const every = height > startHeight ? SNAPSHOT_BLOCKS.live : SNAPSHOT_BLOCKS.history;
  if (height > 0 && (height === startHeight || height % every === 0)) await snapshots.save(economy);
}

/** Moves the economy on to `height`, or less far when the signal is aborted. */
export async function advance(
  simulation: Simulation,
  economy: Economy,
  to: { height: number; signal: AbortSignal },
): Promise<void> {
  while (economy.height < to.height && !to.signal.aborted) {
    await produce(economy);
    await saveWhenDue(simulation, economy);
  }
}
