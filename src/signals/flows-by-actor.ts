import type { EntityFlow, EntityKind } from "#features";
import type { BlockRow } from "./signal.ts";

/** What each entity of a kind received and spent in a block. */
export function flowsByActor({ flows }: BlockRow, kind: EntityKind): ReadonlyMap<string, EntityFlow> {
  return new Map(flows.entities.filter(({ entity }) => entity.kind === kind).map((flow) => [flow.entity.actor, flow]));
}
