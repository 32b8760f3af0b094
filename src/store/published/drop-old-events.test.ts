import { expect, test } from "vitest";
import { openTestDatabase, query } from "../../../test/helpers/database.ts";
import { storedChain } from "../../../test/helpers/stored-blocks.ts";
import { saveBlocks } from "../blocks/save-blocks.ts";
import { appendDataEvent } from "./append-data-event.ts";
import { dropOldEvents } from "./drop-old-events.ts";
import { getEventBounds, listEvents } from "./events.ts";

const { signal } = new AbortController();

test("events lie in partitions by id, and old ones go with theirs; the newest stay, and insights keep their status", async () => {
  const { db } = await openTestDatabase();
  const partitions = async (): Promise<unknown> =>
    query(
      db,
      "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'events'::regclass ORDER BY 1",
    );
  const chain = storedChain(9);
  await saveBlocks(db, chain.slice(0, 3));
  await query(db, "SELECT setval('event_ids', 19997)");
  await saveBlocks(db, chain.slice(3, 6));
  await query(db, "SELECT setval('event_ids', 45000)");
  await saveBlocks(db, chain.slice(6));
  expect(await partitions()).toEqual([{ name: "events_0" }, { name: "events_1" }, { name: "events_2" }]);
  const all = await listEvents(db, { after: 0, limit: 1_000 });
  expect(await dropOldEvents(db, { days: 1, signal })).toBe(0);
  expect(await dropOldEvents(db, { days: 0, signal })).toBe(2);
  const kept = await listEvents(db, { after: 0, limit: 1_000 });
  expect(kept).toEqual(all.filter(({ id }) => id >= 40_000));
  expect(kept.length).toBeGreaterThan(0);
  expect(await getEventBounds(db)).toEqual({ oldest: 45_001, last: all.at(-1)?.id });
  const statuses = await query(db, "SELECT count(*)::integer AS count FROM current_insights");
  expect(statuses).toEqual([{ count: 9 }]);
  await expect(query(db, "DELETE FROM events")).rejects.toThrow("append-only");
});

test("what is told of no block has its place made, too", async () => {
  const { db } = await openTestDatabase();
  await query(db, "SELECT setval('event_ids', 19999)");
  const data = { day: "2026-01-01", headlines: [] };
  await db.transaction().execute((trx) => appendDataEvent(trx, { type: "brief.published", data }));
  expect(await getEventBounds(db)).toEqual({ oldest: 20_000, last: 20_000 });
});
