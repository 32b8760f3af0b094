import { COIN } from "#bitcoin";
import { CUSTODIANS, type EntityKind, EXCHANGES, MERCHANTS, MINERS, whaleName, WHALES } from "../people/entities.ts";
import { matureCoins } from "../people/maturity.ts";
import { totalOf } from "../transactions/transaction-draft.ts";
import type { World } from "../world.ts";
import { KINDS, type KindSpec, STAGED_KINDS, type StagedKind } from "./kinds.ts";
import type { StagedEvent, StageRequest } from "./staged-event.ts";

/** Blocks from one scheduled event to the next: ten minutes of wall time at the usual pace. */
const SLOT_BLOCKS = 60;
/** Position in its slot: soon after a history of whole days. */
const SLOT_START = 2;
/** Wallets and detectors need some history before anything stands out. */
const FIRST_HEIGHT = 180;

/** Called once after each block: starts what the schedule has for it. */
export function startScheduled(world: World): void {
  const { height } = world.tip;
  if (!world.staging.scheduled || height < FIRST_HEIGHT || height % SLOT_BLOCKS !== SLOT_START) return;
  const slot = Math.floor(height / SLOT_BLOCKS);
  const kind = STAGED_KINDS[slot % STAGED_KINDS.length];
  if (kind === undefined) return;
  const round = Math.floor(slot / STAGED_KINDS.length);
  startEvent(world, { kind, entity: turnOf(kind, world.seed + 2 * round) }, "by schedule");
}

/** Whales take turns at what lasts for a week: what one of them does again and again is its habit, and no event. */
function turnOf(kind: StagedKind, turn: number): string | undefined {
  if (kind !== "whale-accumulation" && kind !== "whale-distribution") return undefined;
  const whales = namesOf("whale");
  return whales[(turn + (kind === "whale-distribution" ? 1 : 0)) % whales.length];
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
    planned: random.between(...(spec.transfers ?? [0, 0])),
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
function heldBy({ people, tip }: World, entity: string | undefined): number {
  const pool = people.pools.find(({ id }) => people.owners[id]?.name === entity);
  if (pool !== undefined) return totalOf(matureCoins(pool, tip.height));
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
