import { actFor } from "./behaviour/activities.ts";
import { bumpFees } from "./behaviour/fee-bumping.ts";
import { keepHouse } from "./behaviour/housekeeping.ts";
import { trimMempool } from "./mempool/expire.ts";
import { type Happening, mineBlock } from "./mining/mine-block.ts";
import { awaitBlock } from "./mining/await-block.ts";
import { mineGenesis } from "./mining/mine-genesis.ts";
import { continueCampaigns } from "./staging/campaigns.ts";
import { startEvent, startScheduled } from "./staging/start-event.ts";
import type { Intervention } from "./staging/staged-event.ts";
import { endEvents } from "./staging/staging.ts";
import type { World } from "./world.ts";

/** Seconds of chain time that one step takes at most: a second of wall time at the usual pace. */
const STEP_SECONDS = 60;

/** When the next step is due, unix seconds. */
export function nextStepAt({ time, nextBlockAt }: World): number {
  return Math.min(nextBlockAt, (Math.floor(time / STEP_SECONDS) + 1) * STEP_SECONDS);
}

/**
 * Moves the world on by a step: people send, and where a block is due it is mined.
 * `interventions`: all that were ever asked for, ascending by time; each takes effect in the step after its time.
 */
export function advance(world: World, interventions: readonly Intervention[] = []): Happening[] {
  if (world.tip.height < 0) return mineGenesis(world);
  intervene(world, interventions);
  const from = world.time;
  world.time = nextStepAt(world);
  const seconds = world.time - from;
  actFor(world, seconds);
  bumpFees(world, seconds);
  continueCampaigns(world);
  if (world.time < world.nextBlockAt) return [];
  const happenings = mineBlock(world);
  endEvents(world);
  startScheduled(world);
  // Only now: a change of the hash rate holds for whole blocks.
  awaitBlock(world);
  keepHouse(world);
  trimMempool(world);
  return happenings;
}

function intervene(world: World, interventions: readonly Intervention[]): void {
  for (const request of interventions.slice(world.staging.interventions)) {
    if (request.time > world.time) return;
    world.staging.interventions += 1;
    startEvent(world, request, "by command");
    if (request.kind === "hash-rate-drop") awaitBlock(world);
  }
}
