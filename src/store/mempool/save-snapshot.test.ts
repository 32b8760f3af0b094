import { sql } from "kysely";
import { beforeEach, describe, expect, test } from "vitest";
import { openTestDatabase } from "../../../test/helpers/database.ts";
import { hashOf } from "../../../test/helpers/stored-blocks.ts";
import { storedSnapshot } from "../../../test/helpers/stored-snapshot.ts";
import type { Database } from "../database/schema.ts";
import { findNewestSnapshot } from "./newest-snapshot.ts";
import { listTemplates } from "./next-block-template.ts";
import { saveMempoolSnapshot } from "./save-snapshot.ts";

const DAY = 86_400;
const NOON = 20_000 * DAY + DAY / 2;
const TIP = hashOf("tip");

async function partitions(db: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT inhrelid::regclass::text AS name FROM pg_inherits
    WHERE inhparent = 'mempool_snapshots'::regclass ORDER BY name`.execute(db);
  return rows.map(({ name }) => name);
}

async function times(db: Database): Promise<number[]> {
  const rows = await db.selectFrom("mempool_snapshots").select("time").orderBy("time").execute();
  return rows.map(({ time }) => time);
}

describe("stored snapshots of the mempool", () => {
  let db: Database;
  beforeEach(async () => {
    ({ db } = await openTestDatabase());
  });

  test("come back as they were, the newest", async () => {
    expect(await findNewestSnapshot(db)).toBeUndefined();
    const newest = storedSnapshot(NOON + 60, TIP);
    for (const snapshot of [storedSnapshot(NOON, TIP), newest]) await saveMempoolSnapshot(db, snapshot, 30);
    const { nextBlockTxids: _, ...kept } = newest;
    expect(await findNewestSnapshot(db)).toEqual(kept);
    await saveMempoolSnapshot(db, storedSnapshot(NOON + 90, null, { histogram: null, nextBlockTxids: null }), 30);
    expect(await findNewestSnapshot(db)).toMatchObject({ time: NOON + 90, tip: null, histogram: null });
  });

  test("say what was seen", async () => {
    await saveMempoolSnapshot(db, storedSnapshot(NOON, TIP), 30);
    await saveMempoolSnapshot(db, storedSnapshot(NOON + 5, null, { histogram: null, nextBlockTxids: null }), 30);
    const [first, second] = await db.selectFrom("mempool_snapshots").selectAll().orderBy("time").execute();
    const { histogram, projectedBlocks, totalFee } = storedSnapshot(NOON, TIP);
    expect(first).toEqual({
      time: NOON,
      tip_height: 7,
      tip_hash: Buffer.from(TIP, "hex"),
      count: 3,
      weight: 1_200,
      total_fee: totalFee,
      min_fee_rate: 0.1,
      histogram,
      projected_blocks: projectedBlocks,
    });
    expect(second).toMatchObject({ time: NOON + 5, tip_height: null, tip_hash: null, histogram: null });
  });

  test("of one moment are stored once", async () => {
    await saveMempoolSnapshot(db, storedSnapshot(NOON, TIP), 30);
    await saveMempoolSnapshot(db, storedSnapshot(NOON, TIP, { count: 9 }), 30);
    expect(await db.selectFrom("mempool_snapshots").select("count").execute()).toEqual([{ count: 3 }]);
  });

  test("lie in a partition a day, and go with it when it is old", async () => {
    for (let day = 0; day < 6; day += 1) {
      for (const second of [0, DAY - 1]) {
        await saveMempoolSnapshot(db, storedSnapshot((20_000 + day) * DAY + second, TIP), 3);
      }
    }
    // Three whole days before the newest moment, the last second of day 20,005, are kept.
    expect(await partitions(db)).toEqual([20_002, 20_003, 20_004, 20_005].map((day) => `mempool_snapshots_${day}`));
    expect(await times(db)).toEqual([2, 3, 4, 5].flatMap((day) => [0, DAY - 1].map((s) => (20_000 + day) * DAY + s)));
    await saveMempoolSnapshot(db, storedSnapshot(20_006 * DAY, TIP), 1);
    expect(await partitions(db)).toEqual(["mempool_snapshots_20005", "mempool_snapshots_20006"]);
  });

  test("are stored while somebody reads them for long, and the old day goes after that", async () => {
    await saveMempoolSnapshot(db, storedSnapshot(NOON, TIP), 3);
    await db.transaction().execute(async (reading) => {
      await reading.selectFrom("mempool_snapshots").select("time").execute();
      // In a day of its own, which a partition is made for.
      await saveMempoolSnapshot(db, storedSnapshot(NOON + 5 * DAY, TIP), 3);
      expect(await times(db)).toEqual([NOON, NOON + 5 * DAY]);
    });
    await saveMempoolSnapshot(db, storedSnapshot(NOON + 5 * DAY + 9, TIP), 3);
    expect(await times(db)).toEqual([NOON + 5 * DAY, NOON + 5 * DAY + 9]);
  });

  test("before 1970, as a wrong clock may say, have a partition as well", async () => {
    await saveMempoolSnapshot(db, storedSnapshot(-2, TIP, { nextBlockTxids: null }), 30);
    await saveMempoolSnapshot(db, storedSnapshot(-1, TIP, { nextBlockTxids: null }), 30);
    expect(await times(db)).toEqual([-2, -1]);
    await saveMempoolSnapshot(db, storedSnapshot(NOON, TIP), 30);
    expect(await times(db)).toEqual([NOON]);
  });

  test("that fail leave nothing of themselves, not even a partition", async () => {
    await saveMempoolSnapshot(db, storedSnapshot(NOON, TIP), 1);
    const torn = storedSnapshot(NOON + 9 * DAY, TIP, { nextBlockTxids: new Uint8Array(33) });
    await expect(saveMempoolSnapshot(db, torn, 1)).rejects.toThrow("next_block_templates");
    expect(await partitions(db)).toEqual(["mempool_snapshots_20000"]);
    expect(await times(db)).toEqual([NOON]);
    expect(await listTemplates(db)).toMatchObject([{ tip: TIP, time: NOON }]);
  });
});

describe("what the next block is expected to hold", () => {
  test("is kept for the newest tips, of each the newest, though the clock was set back", async () => {
    const { db } = await openTestDatabase();
    const tips = ["a", "b", "c", "d"].map(hashOf);
    for (const [index, tip] of tips.entries()) {
      await saveMempoolSnapshot(db, storedSnapshot(NOON - index * 100, tip), 30);
      await saveMempoolSnapshot(db, storedSnapshot(NOON - index * 100 + 7, tip), 30);
    }
    const expected = [1, 2, 3].map((index) => {
      const time = NOON - index * 100 + 7;
      const { totalFee, nextBlockTxids } = storedSnapshot(time, null);
      return { tip: tips[index], time, totalFee, txids: Buffer.from(nextBlockTxids ?? []) };
    });
    expect(await listTemplates(db)).toEqual(expected);
  });

  test("is not there where the source does not tell tip or transactions", async () => {
    const { db } = await openTestDatabase();
    await saveMempoolSnapshot(db, storedSnapshot(NOON, null), 30);
    await saveMempoolSnapshot(db, storedSnapshot(NOON + 1, TIP, { nextBlockTxids: null }), 30);
    expect(await times(db)).toEqual([NOON, NOON + 1]);
    expect(await listTemplates(db)).toEqual([]);
  });
});
