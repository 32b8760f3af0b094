import type { EntityKind } from "#features";
import type { Subject, Subjects } from "./baseline/subjects.ts";
import type { BlockRow } from "./signal.ts";

/** Entities of some kinds that moved coins in this block or in one of the `capacity` before it, by kind and name. */
export function meetEntities(
  { flows }: BlockRow,
  subjects: Subjects,
  { kinds, capacity }: { readonly kinds: readonly EntityKind[]; readonly capacity: number },
): readonly Subject[] {
  for (const flow of flows.entities) if (kinds.includes(flow.entity.kind)) subjects.meet(flow.entity, flow);
  return subjects.list(capacity);
}
