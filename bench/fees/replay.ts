import type { MempoolSnapshot } from "#bitcoin";
import { type SimulationOrder, simulateWithTruth, type VisibleTransaction } from "#chain";
import { describeBlock, type ReplayBlock } from "./describe-block.ts";

/** A moment of the replay: what was connected since the one before, in order, and what waits now. */
export type ReplayMoment = {
  /** Unix seconds of chain time. */
  readonly time: number;
  /** Of the tip that a node sees. */
  readonly height: number;
  /** A block of a height that was there already replaces it and all above. */
  readonly connected: readonly ReplayBlock[];
  readonly snapshot: MempoolSnapshot;
  readonly waiting: readonly VisibleTransaction[];
};

/** Looks at a simulated network once in so many minutes, and whenever a block was found. */
export function* replay(order: SimulationOrder, everyMinutes = 1): Generator<ReplayMoment> {
  let lastLook = 0;
  for (const { time, happenings, look, waiting } of simulateWithTruth(order)) {
    const connected = happenings.flatMap((one) => (one.type === "connect" ? [describeBlock(one.block)] : []));
    const isDue = time % 60 === 0 && time >= lastLook + everyMinutes * 60;
    if (connected.length === 0 && !isDue) continue;
    if (isDue) lastLook = time;
    const snapshot = look();
    if (snapshot.tip === null) throw new Error("a simulated snapshot has a tip");
    yield { time, height: snapshot.tip.height, connected, snapshot, waiting: waiting() };
  }
}
