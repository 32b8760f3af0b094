/** Makes the history of a simulated chain for make-history.ts, a few steps ahead of who reads it. */
import { once } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import { codeOf, invariant, messageOf } from "#lib";
import { ChainWalk } from "./chain-walk.ts";
import { DENSITIES } from "./economy/index.ts";
import type { FromHistory, HistoryOrder } from "./history-messages.ts";
import { saveWhenDue } from "./simulation.ts";
import { encodeSnapshot } from "./snapshot-encoding.ts";
import { SnapshotStore } from "./snapshot-store.ts";

/** Steps that wait to be taken, at most: they are kept in memory. */
const MOST_AHEAD = 200;

const { seed, density, chainId, staged: all, startHeight, snapshots: place } = workerData as HistoryOrder;
invariant(parentPort !== null, "a history is made in a thread");
const reader = parentPort;

async function make(): Promise<void> {
  const staged = { all, writing: undefined };
  const snapshots = new SnapshotStore(place.directory, { name: place.name, chainId, staged });
  const walk = new ChainWalk({ seed, density: DENSITIES[density], chainId, staged });
  const { world } = walk;
  const steps = { told: 0, taken: 0 };
  reader.on("message", () => (steps.taken += 1));
  while (world.tip.height < startHeight || world.race !== undefined) {
    const happenings = walk.stepAtOnce();
    if (happenings.length === 0) continue;
    tell({ type: "step", happenings, time: world.time });
    steps.told += 1;
    await saveWhenDue({ snapshots, startHeight }, walk);
    while (steps.told - steps.taken >= MOST_AHEAD) await once(reader, "message");
  }
  tell({ type: "made", snapshot: encodeSnapshot(world, chainId, all) });
}

function tell(message: FromHistory): void {
  reader.postMessage(message, []);
}

make()
  .catch((error: unknown) =>
    tell({ type: "failed", code: codeOf(error) ?? "CHAIN_SIMNET_HISTORY", message: messageOf(error) }),
  )
  .finally(() => reader.close());
