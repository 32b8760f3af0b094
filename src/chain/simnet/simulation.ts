import type { ChainClock } from "./chain-clock.ts";
import { type ChainIdentity, ChainWalk } from "./chain-walk.ts";
import { nextStepAt } from "./economy/index.ts";
import type { SnapshotStore } from "./snapshot-store.ts";
import type { StagedEvents } from "./staged-events.ts";

/** What all who look at one simulated chain share. Each walks along it on their own. */
export type Simulation = {
  readonly identity: ChainIdentity;
  readonly staged: StagedEvents;
  readonly clock: ChainClock;
  readonly snapshots: SnapshotStore;
  /** Height up to which the chain is history: nobody waits for it. */
  readonly startHeight: number;
  /** Height of the newest block that anybody has seen. */
  seenHeight: number;
  /** The walk that is furthest, once it goes with the clock. */
  live: ChainWalk | undefined;
  /** Aborted when the source is closed. */
  readonly closed: AbortSignal;
};

/** One in a day while live, one in two weeks while the history is made: there its end, which is kept too, is far. */
const SNAPSHOT_BLOCKS = { live: 144, history: 2016 } as const;

/** A walk that stands at `height` or, where no snapshot is that near, below it. */
export async function openWalk({ identity, snapshots }: Simulation, height: number): Promise<ChainWalk> {
  return new ChainWalk(identity, await snapshots.findAtOrBelow(height));
}

/** Not while two branches race: who goes on from it would have seen neither. */
export async function saveWhenDue(
  { snapshots, startHeight }: Pick<Simulation, "snapshots" | "startHeight">,
  { world }: ChainWalk,
): Promise<void> {
  const { height } = world.tip;
  if (world.race !== undefined || height === 0) return;
  if (isWorthASnapshot(height, startHeight)) await snapshots.save(world);
}

function isWorthASnapshot(height: number, startHeight: number): boolean {
  if (height >= startHeight) return height === startHeight || height % SNAPSHOT_BLOCKS.live === 0;
  return height % SNAPSHOT_BLOCKS.history === 0 && startHeight - height >= SNAPSHOT_BLOCKS.history;
}

/** Whether the walk's next step lies in the past: in the history, or before the clock's now. */
export function isDue({ clock, startHeight }: Simulation, { world }: ChainWalk): boolean {
  if (clock.isRunning) return nextStepAt(world) <= clock.now();
  return world.tip.height < startHeight || world.race !== undefined;
}
