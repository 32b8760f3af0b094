import { log2 } from "../chance/octaves.ts";
import { type Miner, MINERS } from "../people/entities.ts";
import type { World } from "../world.ts";
import type { StagedKind } from "./kinds.ts";

/** What regimes change while they last. */
function octavesOf({ staging }: World, kind: StagedKind): number {
  return staging.running.reduce((sum, event) => (event.kind === kind ? sum + log2(event.size) : sum), 0);
}

/** However many spikes people stage at once: with more wishes a step would take longer than it may. */
const MOST_DEMAND_OCTAVES = 5;

/** Octaves by which more (or fewer) want to send. */
export function demandOctaves(world: World): number {
  return Math.min(octavesOf(world, "fee-spike") + octavesOf(world, "mempool-flush"), MOST_DEMAND_OCTAVES);
}

/** Octaves by which it is worth more to them to be quick. */
export function worthOctaves(world: World): number {
  return octavesOf(world, "fee-spike") > 0 ? 0.7 : 0;
}

export function hashRateOctaves(world: World): number {
  return octavesOf(world, "hash-rate-drop");
}

/** Times the usual number of this activity. */
export function waveFactor({ staging }: World, kind: StagedKind): number {
  return staging.running.reduce((factor, event) => (event.kind === kind ? factor * event.size : factor), 1);
}

/** The name that this pool's next block carries instead of its own. */
export function forgedTag({ staging }: World, miner: Miner): string | undefined {
  const forgery = staging.running.find(
    ({ kind, entity, done }) => kind === "tag-forgery" && entity === miner.name && done === 0,
  );
  return forgery === undefined ? undefined : MINERS[(MINERS.indexOf(miner) + 1) % MINERS.length]?.tag;
}
