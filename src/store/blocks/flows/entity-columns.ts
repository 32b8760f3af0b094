import type { Entity, EntityKind } from "#features";

/** `null` where the columns hold nobody. */
export function entityOfColumns(actor: string | null, kind: EntityKind | null): Entity | null {
  return actor === null || kind === null ? null : { actor, kind };
}
