import type { Database } from "../database/schema.ts";

/** An event that was staged on the simulated chain of this database; what is undefined was drawn. */
type StoredStagedEvent = {
  readonly kind: string;
  readonly entity?: string | undefined;
  readonly size?: number | undefined;
  readonly blocks?: number | undefined;
  /** Chain time after which it takes effect, unix seconds. */
  readonly time: number;
};

/** All, in the order in which they were staged. */
export async function listStagedEvents(db: Database): Promise<readonly StoredStagedEvent[]> {
  const rows = await db
    .selectFrom("staged_events")
    .select(["kind", "entity", "size", "blocks", "time"])
    .orderBy("position")
    .execute();
  return rows.map(({ kind, entity, size, blocks, time }) => ({
    kind,
    entity: entity ?? undefined,
    size: size ?? undefined,
    blocks: blocks ?? undefined,
    time,
  }));
}

/** Keeps one. `position`: how many there are before it; fails where that is not so. */
export async function saveStagedEvent(db: Database, event: StoredStagedEvent, position: number): Promise<void> {
  const { kind, entity = null, size = null, blocks = null, time } = event;
  await db.insertInto("staged_events").values({ position, kind, entity, size, blocks, time }).execute();
}
