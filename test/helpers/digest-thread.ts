/** Digests of simulated chains, in a thread of its own: coverage would slow it to half. */
import { parentPort, workerData } from "node:worker_threads";
import { advance, createWorld, DENSITIES } from "#chain";
import { SimnetDigest } from "./simnet-digest.ts";

type Chain = { readonly seed: number; readonly density: keyof typeof DENSITIES };

export type DigestOrder = Chain &
  (
    | { readonly how: "at heights"; readonly heights: readonly number[]; readonly interventions?: Interventions }
    /** Two of them in turn, with another seed and another density between. */
    | { readonly how: "side by side"; readonly height: number }
  );

type World = ReturnType<typeof createWorld>;
type Interventions = Parameters<typeof advance>[1];

/** Until the tip that the world knows is at this height. */
function* happenings(world: World, height: number, interventions?: Interventions) {
  while (world.tip.height < height) yield* advance(world, interventions);
}

function atHeights({ seed, density }: Chain, heights: readonly number[], interventions?: Interventions): string[] {
  const world = createWorld(seed, DENSITIES[density]);
  const digest = new SimnetDigest();
  return heights.map((height) => {
    for (const happening of happenings(world, height, interventions)) digest.add(happening);
    return digest.hex();
  });
}

function sideBySide({ seed, density }: Chain, height: number): string[] {
  const one = happenings(createWorld(seed, DENSITIES[density]), height);
  const two = happenings(createWorld(seed, DENSITIES[density]), height);
  const others = [
    happenings(createWorld(seed + 1, DENSITIES.demo), height),
    happenings(createWorld(seed, DENSITIES.realistic), 8),
  ];
  const digests = [new SimnetDigest(), new SimnetDigest()];
  for (const happening of one) {
    digests[0]?.add(happening);
    for (const other of others) other.next();
    const next = two.next();
    if (next.done !== true) digests[1]?.add(next.value);
  }
  return digests.map((digest) => digest.hex());
}

const order = workerData as DigestOrder;
parentPort?.postMessage(
  order.how === "at heights" ? atHeights(order, order.heights, order.interventions) : sideBySide(order, order.height),
  [],
);
