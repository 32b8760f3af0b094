import { COIN } from "#bitcoin";
import { CUSTODIANS, type EntityKind, EXCHANGES, MERCHANTS, MINERS, whaleName, WHALES } from "../people/entities.ts";
import type { World } from "../world.ts";
import { KINDS, type KindSpec, type StagedKind } from "./kinds.ts";
import { spendableOf } from "./payers.ts";
import { scheduledAt } from "./schedule.ts";
import type { StagedEvent, StageRequest } from "./staged-event.ts";

/** Called once after each block: starts what the schedule has for it. */
export function startScheduled(world: World): void {
  const scheduled = world.staging.scheduled ? scheduledAt(world, world.tip.height) : undefined;
  if (scheduled === undefined) return;
  const { kind, round } = scheduled;
  startEvent(world, { kind, entity: turnOf(kind, world.seed, round) }, "by schedule");
}

/** What lasts for days goes round: what one of them does again and again is its habit, and no event. */
function turnOf(kind: StagedKind, seed: number, round: number): string | undefined {
  switch (kind) {
    case "whale-accumulation":
      return turn(namesOf("whale"), seed + 2 * round);
    case "whale-distribution":
      return turn(namesOf("whale"), seed + 2 * round + 1);
    case "outflow-streak":
      return turn(namesOf("exchange"), seed + round);
    default:
      return undefined;
  }
}

function turn(names: readonly string[], at: number): string | undefined {
  return names[at % names.length];
}

/** Draws what the request leaves open and begins. */
export function startEvent(world: World, request: StageRequest, staged: StagedEvent["staged"]): StagedEvent {
  const { random, staging, tip, time } = world;
  const spec = KINDS[request.kind];
  const isCampaign = spec.form === "campaign";
  const entity = request.entity ?? drawEntity(world, spec.entity);
  const size = request.size ?? drawSize(world, spec, entity);
  const event: StagedEvent = {
    id: staging.nextId,
    kind: request.kind,
    staged,
    entity,
    startHeight: tip.height + 1,
    startTime: time,
    untilHeight: tip.height + (request.blocks ?? random.between(...spec.blocks)),
    size: isCampaign ? Math.floor(size * COIN) : size,
    transfersMeant: random.between(...(spec.transfers ?? [0, 0])),
    done: 0,
    left: isCampaign ? Math.floor(size * COIN) : 0,
    moving: new Map(),
    transfers: [],
  };
  staging.nextId += 1;
  staging.running.push(event);
  return event;
}

/** Bitcoin of a campaign, times the usual of a regime. */
function drawSize(world: World, { size, shareOfHeld }: KindSpec, entity: string | undefined): number {
  const [least, most] = shareOfHeld ?? size;
  const drawn = least + world.random.unit() * (most - least);
  return shareOfHeld === undefined ? drawn : (drawn * heldBy(world, entity)) / COIN;
}

/** Satoshis that a pool may spend now, or that an exchange has in its cold wallet. */
function heldBy(world: World, entity: string | undefined): number {
  const { people } = world;
  const pool = people.pools.find(({ id }) => people.owners[id]?.name === entity);
  if (pool !== undefined) return spendableOf(world, pool);
  return people.exchanges.find(({ name }) => name === entity)?.cold.balance ?? 0;
}

/** Names that a staged event of this kind may happen to. */
export function namesOf(kind: EntityKind): readonly string[] {
  switch (kind) {
    case "exchange":
      return EXCHANGES.map(({ name }) => name);
    case "pool":
      return MINERS.map(({ name }) => name);
    case "custodian":
      return CUSTODIANS;
    case "merchant":
      return MERCHANTS;
    case "whale":
      return Array.from({ length: WHALES }, (_, index) => whaleName(index));
  }
}

function drawEntity({ random }: World, kind: EntityKind | undefined): string | undefined {
  return kind === undefined ? undefined : random.pick(namesOf(kind));
}
