/** Digests of simulated chains of the golden seed, in a thread of its own: coverage would slow it to half. */
import { parentPort, workerData } from "node:worker_threads";
import { advance, createWorld, DENSITIES } from "#chain";
import { GOLDEN, SimnetDigest } from "./simnet-digest.ts";

export type DigestOrder =
  | { readonly how: "at heights"; readonly heights: readonly number[] }
  /** Two of them in turn, with another seed and another density between. */
  | { readonly how: "side by side"; readonly height: number };

type World = ReturnType<typeof createWorld>;

function createGolden(): World {
  return createWorld(GOLDEN.seed, DENSITIES[GOLDEN.density]);
}

/** Until the tip that the world knows is at this height. */
function* happenings(world: World, height: number) {
  while (world.tip.height < height) yield* advance(world);
}

function atHeights(heights: readonly number[]): string[] {
  const world = createGolden();
  const digest = new SimnetDigest();
  return heights.map((height) => {
    for (const happening of happenings(world, height)) digest.add(happening);
    return digest.hex();
  });
}

function sideBySide(height: number): string[] {
  const one = happenings(createGolden(), height);
  const two = happenings(createGolden(), height);
  const others = [
    happenings(createWorld(GOLDEN.seed + 1, DENSITIES.demo), height),
    happenings(createWorld(GOLDEN.seed, DENSITIES.realistic), 8),
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
parentPort?.postMessage(order.how === "at heights" ? atHeights(order.heights) : sideBySide(order.height), []);
