import { randomInt } from "node:crypto";
import { COIN } from "#bitcoin";
import { AppError } from "#lib";
import type { EventRequest, StagedAnswer } from "../chain-source.ts";
import {
  isStagedKind,
  KINDS,
  mostMovable,
  namesOf,
  simulatedName,
  STAGED_KINDS,
  type StagedKind,
  type World,
} from "./economy/index.ts";
import type { Simulation } from "./simulation.ts";

const LONGEST_BLOCKS = 10_000;
/** Times what is drawn at most (or at least) by itself. A regime changes what everybody does, in every step: less far. */
const FURTHEST = { campaign: 20, regime: 2, forgery: 1 } as const;

type Range = readonly [least: number, most: number];

/** What can be staged, for a person. */
export const STAGEABLE_EVENTS: readonly {
  readonly kind: string;
  readonly what: string;
  /** What those are to whom it can happen; `null` where it happens to all. */
  readonly who: string | null;
  /** Their names, as labels have them. */
  readonly entities: readonly string[];
  /** `null` where it has none. */
  readonly size: {
    readonly unit: "BTC" | "times";
    /** Where nobody says. */
    readonly drawn: Range;
    /** Of what the entity may spend, where that is what is drawn instead. */
    readonly drawnShare: Range | null;
    readonly allowed: Range;
  } | null;
  readonly blocks: { readonly drawn: Range; readonly allowed: Range };
}[] = STAGED_KINDS.map((kind) => {
  const { what, entity, form, blocks } = KINDS[kind];
  return {
    kind,
    what,
    who: entity ?? null,
    entities: entity === undefined ? [] : namesOf(entity).map(simulatedName),
    size: form === "forgery" ? null : sizeOf(kind),
    blocks: { drawn: blocks, allowed: form === "forgery" ? [1, 1] : [1, LONGEST_BLOCKS] },
  };
});

function sizeOf(kind: StagedKind) {
  const { size, shareOfHeld = null } = KINDS[kind];
  return { unit: unitOf(kind), drawn: size, drawnShare: shareOfHeld, allowed: allowedSize(kind) };
}

/** Puts the event on the chain, from the next step of the walk that is furthest. */
export async function stageEvent(
  { live, staged }: Pick<Simulation, "live" | "staged">,
  request: EventRequest,
): Promise<StagedAnswer> {
  const { kind } = request;
  if (!isStagedKind(kind)) throw refused(`${kind} is not an event; there are ${STAGED_KINDS.join(", ")}`);
  checkSize(kind, request.size);
  checkBlocks(kind, request.blocks);
  const names = listEntities(kind, request.entity);
  if (live === undefined) throw refused("the history is still being made; try again when the tip is reached", true);
  const { size, blocks } = request;
  const entity = chooseEntity(live.world, kind, names, size);
  const { time, tip } = live.world;
  await staged.add({ kind, entity, size, blocks, time });
  const named = entity === undefined ? null : simulatedName(entity);
  const answer = { kind, entity: named, size: size ?? null, blocks: blocks ?? null };
  return { ...answer, unit: unitOf(kind), fromHeight: tip.height + 1, simulated: true };
}

function unitOf(kind: StagedKind): "BTC" | "times" {
  return KINDS[kind].form === "campaign" ? "BTC" : "times";
}

/** A regime that would turn the other way, as a drop that rises, would be written down as what it is not. */
function allowedSize(kind: StagedKind): Range {
  const { form, size: drawn } = KINDS[kind];
  const [least, most] = [drawn[0] / FURTHEST[form], drawn[1] * FURTHEST[form]];
  if (form !== "regime") return [least, most];
  return drawn[0] > 1 ? [Math.max(least, 1), most] : [least, Math.min(most, 1)];
}

function checkSize(kind: StagedKind, size: number | undefined): void {
  if (size === undefined) return;
  if (KINDS[kind].form === "forgery") throw refused(`${kind} has no size`);
  const [least, most] = allowedSize(kind);
  if (size >= least && size <= most) return;
  throw refused(`the size of ${kind} lies between ${least} and ${most} ${unitOf(kind)}, not ${size}`);
}

function checkBlocks(kind: StagedKind, blocks: number | undefined): void {
  if (blocks !== undefined && KINDS[kind].form === "forgery") throw refused(`${kind} is one block`);
  if (blocks === undefined || (Number.isInteger(blocks) && blocks >= 1 && blocks <= LONGEST_BLOCKS)) return;
  throw refused(`an event lasts a whole number of blocks from 1 to ${LONGEST_BLOCKS}, not ${blocks}`);
}

/** Whom it may happen to; `undefined` stands for all. */
function listEntities(kind: StagedKind, wanted: string | undefined): readonly (string | undefined)[] {
  const { entity } = KINDS[kind];
  if (entity === undefined) {
    if (wanted !== undefined) throw refused(`${kind} happens to all, not to ${wanted} alone`);
    return [undefined];
  }
  const names = namesOf(entity);
  if (wanted === undefined) return names;
  const name = names.find((known) => isSame(known, wanted));
  if (name === undefined)
    throw refused(`${wanted} is not one that ${kind} can happen to; there are ${names.join(", ")}`);
  return [name];
}

/** One of them for whom there is as much as was asked for, or anything where that is left open. */
function chooseEntity(
  world: World,
  kind: StagedKind,
  names: readonly (string | undefined)[],
  size: number | undefined,
): string | undefined {
  const movable = names.map((name) => mostMovable(world, kind, name) ?? Infinity);
  const able = names.filter((_, index) => (movable[index] ?? 0) >= Math.max(1, (size ?? 0) * COIN));
  // What is chosen here is written down with the event, so the chain stays reproducible.
  if (able.length > 0) return able[randomInt(able.length)];
  const most = `${Math.floor(Math.max(...movable) / COIN).toLocaleString("en")} BTC`;
  const whose = names.length === 1 && names[0] !== undefined ? ` for ${names[0]}` : "";
  const asked = size === undefined ? "" : `, not ${size.toLocaleString("en")}`;
  throw refused(`${kind}${whose} can move at most ${most} now${asked}`);
}

function isSame(known: string, wanted: string): boolean {
  return known.toLowerCase() === wanted.replace(/ \(simulated\)$/, "").toLowerCase();
}

function refused(reason: string, retryable = false): AppError {
  return new AppError("CHAIN_SIMNET_EVENT", `Nothing was staged: ${reason}.`, { retryable });
}
