import { sql } from "kysely";
import { afterAll, describe, expect, test } from "vitest";
import { createLogger } from "#lib";
import { openTestDatabase } from "../../../test/helpers/database.ts";
import { storedBlock } from "../../../test/helpers/stored-blocks.ts";
import { saveBlocks } from "../blocks/save-blocks.ts";
import { openDatabase } from "../database/open-database.ts";
import { getEventBounds, listEvents } from "./events.ts";
import { watchEvents } from "./watch-events.ts";

const { db, connection } = await openTestDatabase();
const logger = createLogger(undefined, "silent");

function setBlock(height: number) {
  return storedBlock(height, { connected: false });
}

/** Reads as a client does: whatever comes after the last id that it has seen. */
async function follow(isDone: () => boolean): Promise<number[]> {
  const seen: number[] = [];
  for (;;) {
    const finished = isDone();
    const events = await listEvents(db, { after: seen.at(-1) ?? 0, limit: 50 });
    seen.push(...events.map((event) => event.id));
    if (finished && events.length === 0) return seen;
  }
}

describe("events", () => {
  test("reach a reader exactly once and in order while eight writers write", async () => {
    const writers = 8;
    const perWriter = 40;
    const pools = await Promise.all(
      Array.from({ length: writers }, () => openDatabase({ connection, name: "writer", logger, poolSize: 1 })),
    );
    afterAll(() => Promise.all(pools.map((pool) => pool.destroy())));
    let running = writers;
    const write = async (pool: (typeof pools)[number], writer: number): Promise<void> => {
      for (let round = 0; round < perWriter; round += 1) await saveBlocks(pool, [setBlock(writer * 1_000 + round)]);
      running -= 1;
    };
    const reader = follow(() => running === 0);
    await Promise.all(pools.map(write));
    const seen = await reader;
    const { rows } = await sql<{ id: number }>`SELECT id FROM events ORDER BY id`.execute(db);
    expect(seen).toHaveLength(writers * perWriter);
    expect(seen).toEqual(rows.map((row) => row.id));
  });

  test("have their ids drawn one transaction after the other", async () => {
    const draw = sql<{ id: number }>`SELECT draw_event_ids(1) AS id`;
    const order: string[] = [];
    let second: Promise<number | undefined> = Promise.resolve(undefined);
    const first = await db.transaction().execute(async (trx) => {
      const drawn = await draw.execute(trx);
      second = db.transaction().execute(async (other) => {
        const later = await draw.execute(other);
        order.push("second drew");
        return later.rows[0]?.id;
      });
      await sql`SELECT pg_sleep(0.3)`.execute(trx);
      order.push("first ends");
      return drawn.rows[0]?.id ?? Number.NaN;
    });
    expect(await second).toBeGreaterThan(first);
    expect(order).toEqual(["first ends", "second drew"]);
  });

  test("publish an event that was not worth it when it began in the block in which it is, and then update it", async () => {
    const fresh = await openTestDatabase();
    const [first, second, third] = [0, 1, 2].map((height) => storedBlock(height));
    if (first === undefined || second === undefined || third === undefined) throw new Error("three blocks");
    const [grown, more] = [second.insights[0], third.insights[0]];
    if (grown === undefined || more === undefined) throw new Error("a stored block has an insight");
    const id = grown.id;
    const none = { insights: [], announce: false };
    await saveBlocks(fresh.db, [
      { ...first, ...none },
      { ...second, ...none, updates: [grown], publishable: new Set([id]) },
      { ...third, ...none, updates: [{ ...more, id }] },
    ]);
    const events = await listEvents(fresh.db, { after: 0, limit: 10 });
    expect(events.map(({ type, insight }) => [type, insight?.id, insight?.height])).toEqual([
      ["insight.published", id, 1],
      ["insight.updated", id, 2],
    ]);
  });

  test("do not retract what was published late and returns with the branch that wins", async () => {
    const fresh = await openTestDatabase();
    const [first, second, rival] = [
      storedBlock(0),
      storedBlock(1),
      storedBlock(1, { branch: "rival", parent: "main" }),
    ];
    const [grown, again] = [second.insights[0], rival.insights[0]];
    if (grown === undefined || again === undefined) throw new Error("a stored block has an insight");
    const late = { insights: [], announce: false, publishable: new Set([grown.id]) };
    await saveBlocks(fresh.db, [
      { ...first, insights: [] },
      { ...second, ...late, updates: [grown] },
    ]);
    await saveBlocks(fresh.db, [{ ...rival, ...late, updates: [again] }], [second.header]);
    const told = (await listEvents(fresh.db, { after: 0, limit: 10 })).filter(({ insight }) => insight !== null);
    expect(told.map(({ type, insight }) => [type, insight?.blockHash])).toEqual([
      ["insight.published", grown.blockHash],
      ["insight.updated", again.blockHash],
    ]);
  });

  test("are paged by the last id that the reader has", async () => {
    const all = await listEvents(db, { after: 0, limit: 1_000 });
    const paged: number[] = [];
    for (;;) {
      const page = await listEvents(db, { after: paged.at(-1) ?? 0, limit: 7 });
      if (page.length === 0) break;
      paged.push(...page.map((event) => event.id));
    }
    expect(paged).toEqual(all.map((event) => event.id));
    expect(await getEventBounds(db)).toEqual({ oldest: all[0]?.id, last: all.at(-1)?.id });
  });
});

describe("published tables", () => {
  test.each(["insights", "insight_statuses", "events"])("%s refuses every change", async (table) => {
    const name = sql.table(table);
    const before = await sql`SELECT * FROM ${name} ORDER BY 1, 2`.execute(db);
    expect(before.rows.length).toBeGreaterThan(0);
    const column = sql.ref(table === "insights" ? "headline" : "reason");
    for (const change of [
      sql`UPDATE ${name} SET ${column} = 'changed'`,
      sql`DELETE FROM ${name}`,
      sql`TRUNCATE ${name} CASCADE`,
    ]) {
      await expect(change.execute(db)).rejects.toThrow("append-only");
    }
    const after = await sql`SELECT * FROM ${name} ORDER BY 1, 2`.execute(db);
    expect(after.rows).toEqual(before.rows);
  });
});

describe("watching", () => {
  test("hears of new events, also after its connection was lost", async () => {
    let calls = 0;
    const heard = (): Promise<void> => expect.poll(() => calls, { timeout: 5_000 }).toBeGreaterThan(0);
    const watch = watchEvents({ connection, logger, onChange: () => (calls += 1) });
    await heard();

    calls = 0;
    await saveBlocks(db, [setBlock(20_000)]);
    await heard();

    calls = 0;
    await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'utxoiq events' AND datname = current_database()`.execute(db);
    await heard();

    calls = 0;
    await saveBlocks(db, [setBlock(20_001)]);
    await heard();
    await watch.close();

    calls = 0;
    await saveBlocks(db, [setBlock(20_002)]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(calls).toBe(0);
  });
});
