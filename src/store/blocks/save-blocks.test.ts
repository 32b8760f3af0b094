import { sql } from "kysely";
import { beforeEach, describe, expect, test } from "vitest";
import { emptyDatabase, openTestDatabase } from "../../../test/helpers/database.ts";
import { hashOf, storedBlock, storedChain } from "../../../test/helpers/stored-blocks.ts";
import { getEventBounds, listEvents } from "../published/events.ts";
import { findInsight, listInsights } from "../published/insights.ts";
import { getCursor } from "./cursor.ts";
import { listRecentFeatures, listRecentRows } from "./recent-rows.ts";
import { countRows } from "./row-counts.ts";
import { saveBlocks } from "./save-blocks.ts";
import { getTip } from "./tip.ts";

const { db } = await openTestDatabase();

beforeEach(() => emptyDatabase(db));

async function rowsIn(table: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM ${sql.table(table)}`.execute(db);
  return rows[0]?.count ?? Number.NaN;
}

describe("a chain", () => {
  test("comes back as it was saved", async () => {
    const blocks = storedChain(20);
    const result = await saveBlocks(db, blocks);
    expect(result.saved).toBe(20);
    expect(await listRecentFeatures(db, 100)).toEqual(blocks.map((block) => block.features));
    expect((await listRecentFeatures(db, 3)).map((features) => features.height)).toEqual([17, 18, 19]);
    const rows = blocks.map(({ features, transfers, flows }) => ({ features, transfers, flows }));
    expect(await listRecentRows(db, 7)).toMatchObject(rows.slice(-7));
    const last = blocks.at(-1)?.header;
    expect(await getCursor(db)).toEqual({ height: 19, hash: last?.hash, time: last?.time });
    expect(await getTip(db)).toEqual({ height: 19, hash: last?.hash, time: last?.time, connected: true });
  });

  test("keeps transfers and signals with the block", async () => {
    const block = storedBlock(0);
    await saveBlocks(db, [block]);
    const transfer = await db.selectFrom("transfers").selectAll().executeTakeFirstOrThrow();
    expect(transfer.txid.toString("hex")).toBe(block.transfers[0]?.txid);
    expect(transfer).toMatchObject({ tx_index: 3, value: 20_000_000_000, total_in: 30_000_001_234, fee: 1_234 });
    const signals = await db.selectFrom("signals").selectAll().orderBy("ordinal").execute();
    expect(signals.map((signal) => [signal.kind, signal.surprise_percentile, signal.surprise_sample_size])).toEqual([
      ["large-transfer", null, null],
      ["fee-spike", 97.25, 143],
    ]);
    const keptBeside = ["kind", "height", "blockhash", "surprise"];
    const details = block.signals.map((signal) =>
      Object.fromEntries(Object.entries(signal).filter(([name]) => !keptBeside.includes(name))),
    );
    expect(signals.map(({ detail }) => detail)).toEqual(details);
  });

  test("is cut into transactions as one likes, with the same rows", async () => {
    const rowsAfter = async (sizes: readonly number[]): Promise<unknown> => {
      let from = 0;
      for (const size of sizes) {
        await saveBlocks(db, storedChain(size, from));
        from += size;
      }
      const insights = await listInsights(db, { limit: 100 });
      const standing = insights.map(
        ({ eventId: _latest, publishedEventId: _first, publishedHeight: _height, ...insight }) => insight,
      );
      return { features: await listRecentFeatures(db, 100), standing, counts: await countRows(db) };
    };
    const whole = await rowsAfter([12]);
    await emptyDatabase(db);
    expect(await rowsAfter([1, 5, 1, 2, 3])).toEqual(whole);
  });

  test("counts the blocks that are there, whatever the height they begin with", async () => {
    await saveBlocks(db, storedChain(3, 595));
    await saveBlocks(db, [storedBlock(7, { connected: false })]);
    expect(await countRows(db)).toMatchObject({ blocks: 4 });
    expect(await rowsIn("block_headers")).toBe(4);
  });

  test("leaves nothing of a batch with a block that cannot be stored", async () => {
    await saveBlocks(db, storedChain(3));
    const broken = storedBlock(5);
    const tooLarge = { ...broken, features: { ...broken.features, ins: 3_000_000_000 } };
    await expect(saveBlocks(db, [storedBlock(3), storedBlock(4), tooLarge])).rejects.toThrow("out of range");
    expect(await getCursor(db)).toMatchObject({ height: 2 });
    expect(await countRows(db)).toEqual({ blocks: 3, signals: 6, insights: 3 });
    expect(await rowsIn("block_headers")).toBe(3);
    await saveBlocks(db, storedChain(3, 3));
    expect(await getCursor(db)).toMatchObject({ height: 5 });
  });

  test("refuses a number that JSON would turn into null", async () => {
    const block = storedBlock(0);
    const features = { ...block.features, unclaimed: Number.NaN };
    await expect(saveBlocks(db, [{ ...block, features }])).rejects.toThrow("unclaimed is NaN");
    expect(await rowsIn("block_headers")).toBe(0);
  });

  test.each([
    ["a gap", () => [storedBlock(0), storedBlock(2)]],
    ["a block twice", () => [storedBlock(0), storedBlock(0)]],
    ["a parent of another branch", () => [storedBlock(0), storedBlock(1, { parent: "other" })]],
  ])("refuses %s", async (_name, blocks) => {
    await expect(saveBlocks(db, blocks())).rejects.toMatchObject({ code: "STORE_NOT_NEXT_BLOCK" });
    expect(await getCursor(db)).toBeUndefined();
    expect(await rowsIn("block_headers")).toBe(0);
  });

  test("begins at any height, and ends there again when it is undone", async () => {
    await saveBlocks(db, storedChain(3, 800_000));
    expect(await getCursor(db)).toMatchObject({ height: 800_002 });
    const undone = [2, 1, 0].map((index) => storedBlock(800_000 + index).header);
    await saveBlocks(db, [], undone);
    expect(await getCursor(db)).toBeUndefined();
  });

  test("refuses what does not belong to the block", async () => {
    const block = storedBlock(0);
    const other = storedBlock(0, { branch: "other" });
    for (const wrong of [{ features: other.features }, { signals: other.signals }, { insights: other.insights }]) {
      await expect(saveBlocks(db, [{ ...block, ...wrong }])).rejects.toMatchObject({ code: "LIB_INVARIANT" });
    }
  });

  test("lets two writers of the same block end with it once", async () => {
    const results = await Promise.allSettled([saveBlocks(db, storedChain(2)), saveBlocks(db, storedChain(2))]);
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(await countRows(db)).toMatchObject({ blocks: 2 });
    expect(await rowsIn("events")).toBe(4);
  });
});

describe("confirmation", () => {
  test("comes with the fifth block on top", async () => {
    await saveBlocks(db, storedChain(1));
    const id = storedBlock(0).insights[0]?.id ?? "";
    for (let height = 1; height <= 4; height += 1) await saveBlocks(db, [storedBlock(height)]);
    expect(await findInsight(db, id)).toMatchObject({ status: "preliminary" });
    await saveBlocks(db, [storedBlock(5)]);
    const insight = await findInsight(db, id);
    expect(insight).toMatchObject({ status: "confirmed", statusReason: null });
    const events = (await listEvents(db, { after: 0, limit: 100 })).filter((event) => event.insight?.id === id);
    expect(events.map((event) => [event.type, event.insight?.status])).toEqual([
      ["insight.published", "preliminary"],
      ["insight.updated", "confirmed"],
    ]);
    expect(events.at(-1)?.id).toBe(insight?.eventId);
  });

  test("is one event for a block that comes with enough blocks on top", async () => {
    await saveBlocks(db, storedChain(8));
    const events = await listEvents(db, { after: 0, limit: 100 });
    const told = events.filter((event) => event.insight !== null).map((event) => [event.type, event.insight?.status]);
    const published = (status: string, count: number) =>
      Array.from({ length: count }, () => ["insight.published", status]);
    expect(told).toEqual([...published("confirmed", 3), ...published("preliminary", 5)]);
  });
});

describe("a set", () => {
  const setBlock = (height: number) => storedBlock(height, { connected: false });

  test("has no cursor, and a second reading changes nothing", async () => {
    expect(await saveBlocks(db, [setBlock(100), setBlock(300)])).toMatchObject({ saved: 2 });
    const before = await getEventBounds(db);
    expect(await saveBlocks(db, [setBlock(100), setBlock(300), setBlock(300)])).toEqual({
      saved: 0,
      lastEventId: undefined,
    });
    expect(await getEventBounds(db)).toEqual(before);
    expect(await getCursor(db)).toBeUndefined();
    expect(await getTip(db)).toMatchObject({ height: 300, connected: false });
    expect(await listRecentFeatures(db, 10)).toEqual([]);
    expect(await countRows(db)).toEqual({ blocks: 2, signals: 4, insights: 2 });
  });

  test("says why its insights stay preliminary, and announces no block", async () => {
    await saveBlocks(db, [setBlock(100)]);
    const events = await listEvents(db, { after: 0, limit: 10 });
    expect(events.map((event) => event.type)).toEqual(["insight.published"]);
    expect(events[0]?.insight?.statusReason).toContain("not known");
  });

  test("gives way to the chain, which confirms what it said", async () => {
    await saveBlocks(db, [setBlock(2)]);
    await saveBlocks(db, storedChain(3));
    expect(await countRows(db)).toEqual({ blocks: 3, signals: 6, insights: 3 });
    await saveBlocks(db, storedChain(5, 3));
    const id = setBlock(2).insights[0]?.id ?? "";
    expect(await findInsight(db, id)).toMatchObject({ status: "confirmed" });
    expect(await rowsIn("insights")).toBe(8);
  });

  test("cannot be mixed with a chain", async () => {
    await expect(saveBlocks(db, [storedBlock(0), setBlock(1)])).rejects.toMatchObject({ code: "LIB_INVARIANT" });
  });
});

describe("rolling back", () => {
  test("undoes the tip: its rows go, the cursor moves to the parent, the insight is retracted", async () => {
    await saveBlocks(db, storedChain(3));
    const { last } = await getEventBounds(db);
    const tip = storedBlock(2);
    await saveBlocks(db, [], [tip.header]);
    expect(await getCursor(db)).toMatchObject({ height: 1, hash: storedBlock(1).header.hash });
    expect(await countRows(db)).toEqual({ blocks: 2, signals: 4, insights: 3 });
    for (const table of ["block_features", "transfers"]) expect(await rowsIn(table)).toBe(2);
    const events = await listEvents(db, { after: last, limit: 10 });
    expect(events.map((event) => event.type)).toEqual(["block.disconnected", "insight.retracted"]);
    expect(events[0]?.block).toEqual({
      height: 2,
      hash: tip.header.hash,
      time: tip.header.time,
      txs: 5,
      medianFeeRate: 2.000_000_000_000_4,
      pool: "Example pool",
    });
    expect(events[1]?.insight).toMatchObject({
      status: "retracted",
      statusReason: expect.stringContaining(tip.header.hash),
    });
  });

  test("refuses anything but the tip", async () => {
    await saveBlocks(db, storedChain(3));
    for (const header of [storedBlock(1).header, storedBlock(2, { branch: "other" }).header]) {
      await expect(saveBlocks(db, [], [header])).rejects.toMatchObject({ code: "STORE_NOT_TIP" });
    }
    expect(await getCursor(db)).toMatchObject({ height: 2 });
  });

  test("ends before block 0", async () => {
    await saveBlocks(db, storedChain(1));
    await saveBlocks(db, [], [storedBlock(0).header]);
    expect(await getCursor(db)).toBeUndefined();
    await expect(saveBlocks(db, [], [storedBlock(0).header])).rejects.toMatchObject({ code: "STORE_NOT_TIP" });
    await saveBlocks(db, storedChain(1));
  });

  test("re-anchors an insight that the winning branch has too, with one update", async () => {
    await saveBlocks(db, storedChain(3));
    const first = (await listInsights(db, { limit: 1 }))[0];
    const { last } = await getEventBounds(db);
    const winner = storedBlock(2, { branch: "winner", parent: "main" });
    await saveBlocks(db, [winner], [storedBlock(2).header]);
    const events = await listEvents(db, { after: last, limit: 10 });
    expect(events.map((event) => event.type)).toEqual(["block.disconnected", "block.connected", "insight.updated"]);
    const insight = await findInsight(db, winner.insights[0]?.id ?? "");
    expect(insight).toMatchObject({ status: "preliminary", blockHash: winner.header.hash, eventId: events[2]?.id });
    expect(insight?.evidence).toEqual(winner.insights[0]?.evidence);
    expect(insight?.publishedEventId).toBe(first?.publishedEventId);
    expect(await countRows(db)).toMatchObject({ insights: 3 });
    expect(await listInsights(db, { limit: 10 })).toHaveLength(3);
  });

  test("retracts what only the losing branch had, before it tells of the winning one", async () => {
    await saveBlocks(db, storedChain(3));
    const { last } = await getEventBounds(db);
    const winner = { ...storedBlock(2, { branch: "winner", parent: "main" }), signals: [], insights: [] };
    await saveBlocks(db, [winner], [storedBlock(2).header]);
    const events = await listEvents(db, { after: last, limit: 10 });
    expect(events.map((event) => event.type)).toEqual(["block.disconnected", "insight.retracted", "block.connected"]);
  });

  test("leaves all as it was where the new blocks do not continue the chain below the undone ones", async () => {
    await saveBlocks(db, storedChain(3));
    const { last } = await getEventBounds(db);
    const stranger = storedBlock(2, { branch: "winner" });
    await expect(saveBlocks(db, [stranger], [storedBlock(2).header])).rejects.toMatchObject({
      code: "STORE_NOT_NEXT_BLOCK",
    });
    expect(await getCursor(db)).toMatchObject({ height: 2, hash: storedBlock(2).header.hash });
    expect((await getEventBounds(db)).last).toBe(last);
  });

  test("tells history as it was then: an event keeps the branch and the status of its moment", async () => {
    await saveBlocks(db, storedChain(1));
    await saveBlocks(db, [], [storedBlock(0).header]);
    await saveBlocks(db, [storedBlock(0, { branch: "winner" })]);
    await saveBlocks(db, [], [storedBlock(0, { branch: "winner" }).header]);
    await saveBlocks(db, [storedBlock(0)]);
    const events = (await listEvents(db, { after: 0, limit: 100 })).filter((event) => event.insight !== null);
    const main = hashOf("block main 0");
    const winner = hashOf("block winner 0");
    expect(events.map((event) => [event.insight?.status, event.insight?.blockHash])).toEqual([
      ["preliminary", main],
      ["retracted", main],
      ["preliminary", winner],
      ["retracted", winner],
      ["preliminary", main],
    ]);
    expect(events.map((event) => event.insight?.eventId)).toEqual(events.map((event) => event.id));
  });
});
