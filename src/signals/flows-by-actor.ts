import type { EntityFlow, EntityKind } from "#features";
import type { BlockRow } from "./signal.ts";

/** What each entity of a kind received and spent in a block. */
export function flowsByActor({ flows }: BlockRow, kind: EntityKind): ReadonlyMap<string, EntityFlow> {
  const byActor = new Map<string, EntityFlow>();
  for (const flow of flows.entities) if (flow.entity.kind === kind) byActor.set(flow.entity.actor, flow);
  return byActor;
}
