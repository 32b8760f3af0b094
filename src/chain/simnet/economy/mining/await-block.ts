import { hashRateOctaves } from "../staging/effects.ts";
import type { World } from "../world.ts";
import { drawBlockInterval } from "./hash-power.ts";

/** Draws when the next block will be found. A wait by chance has no memory: under another hash rate it begins anew. */
export function awaitBlock(world: World): void {
  world.nextBlockAt = world.time + drawBlockInterval(world.hashPower, hashRateOctaves(world), world.random);
}
