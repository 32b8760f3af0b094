import { once } from "node:events";
import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import {
  type Database,
  getCursor,
  getEventBounds,
  listEvents,
  listRecentFeatures,
  listTemplates,
  saveBlocks,
  saveMempoolSnapshot,
  verifyScorecard,
} from "#store";
import { bundleWorker, spawnWorker } from "../helpers/bundle-worker.ts";
import { openTestDatabase, type TestDatabase, query } from "../helpers/database.ts";
import { REORG } from "../helpers/stored-reorg.ts";
import { DAYS } from "../helpers/stored-snapshot.ts";

/** Days for which a snapshot of the mempool is kept. */
const FOR_EVER = 10_000;

const program = await bundleWorker("save-worker.ts");

async function stateOf(db: Database): Promise<unknown> {
  return {
    cursor: await getCursor(db),
    features: await listRecentFeatures(db, 100),
    headers: await db.selectFrom("block_headers").select(["hash", "height"]).orderBy("height").execute(),
    transfers: await db.selectFrom("transfers").selectAll().orderBy("txid").orderBy("blockhash").execute(),
    signals: await db.selectFrom("signals").selectAll().orderBy("blockhash").orderBy("ordinal").execute(),
    expectations: await db.selectFrom("block_expectations").selectAll().orderBy("blockhash").execute(),
    entries: await db.selectFrom("scorecard_entries").select(["seq", "type", "hash"]).orderBy("seq").execute(),
    predictions: await db.selectFrom("predictions").selectAll().orderBy("id").execute(),
    events: (await listEvents(db, { after: 0, limit: 1_000 })).map(({ type, block, insight }) => ({
      type,
      block,
      insight: insight && { id: insight.id, blockHash: insight.blockHash, status: insight.status },
    })),
  };
}

/** Whether it came to its end. */
async function saveAndDie(
  what: "reorg" | "snapshot",
  { connection }: TestDatabase,
  statements: number,
): Promise<boolean> {
  const worker = spawnWorker(program, { what, connection, statements });
  let said = "";
  for (const stream of [worker.stdout, worker.stderr]) stream.on("data", (text: Buffer) => (said += text.toString()));
  const [code, signal] = (await once(worker, "exit")) as [number | null, string | null];
  if (!said.includes("saved")) expect(signal, said).toBe("SIGKILL");
  return code === 0;
}

test("killed before any of its statements, a reorg is stored as a whole or not at all", async () => {
  const database = await openTestDatabase();
  const done = await openTestDatabase();
  await saveBlocks(database.db, REORG.main);
  await saveBlocks(done.db, REORG.main);
  await saveBlocks(done.db, REORG.rival, REORG.undone);
  const before = await stateOf(database.db);
  const after = await stateOf(done.db);
  const { last } = await getEventBounds(database.db);
  let statements = 0;
  while (!(await saveAndDie("reorg", database, statements))) {
    expect(await stateOf(database.db), `killed before statement ${statements}`).toEqual(before);
    statements += 1;
  }
  const types = await query(database.db, "SELECT type FROM scorecard_entries ORDER BY seq OFFSET 6");
  expect(types).toEqual(["reopened", "withdrawn", "withdrawn", "withdrawn", "resolved"].map((type) => ({ type })));
  expect((await verifyScorecard(database.db)).broken).toBeUndefined();
  // Otherwise the reorg was not what was interrupted.
  expect(statements).toBeGreaterThan(10);
  expect(await stateOf(database.db)).toEqual(after);
  expect((await getEventBounds(database.db)).last).toBeGreaterThan(last ?? 0);
}, 120_000);

async function mempoolStateOf(db: Database): Promise<unknown> {
  const partitions = await query(
    db,
    "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'mempool_snapshots'::regclass ORDER BY name",
  );
  return {
    partitions: partitions,
    snapshots: await db.selectFrom("mempool_snapshots").selectAll().orderBy("time").execute(),
    hours: await query(db, "SELECT * FROM mempool_hours ORDER BY time"),
    templates: await listTemplates(db),
  };
}

test("killed before any of its statements, a snapshot of the mempool is stored as a whole or not at all", async () => {
  const [database, done, undropped] = [await openTestDatabase(), await openTestDatabase(), await openTestDatabase()];
  for (const { db } of [database, done, undropped]) await saveMempoolSnapshot(db, DAYS.earlier, DAYS.retention);
  await saveMempoolSnapshot(done.db, DAYS.later, DAYS.retention);
  await saveMempoolSnapshot(undropped.db, DAYS.later, FOR_EVER);
  // The day that is too old goes after the snapshot is stored, as a whole as well.
  const [before, stored, after] = [
    await mempoolStateOf(database.db),
    await mempoolStateOf(undropped.db),
    await mempoolStateOf(done.db),
  ];
  expect(before).not.toEqual(stored);
  expect(stored).not.toEqual(after);
  const seen = [before];
  let statements = 0;
  while (!(await saveAndDie("snapshot", database, statements))) {
    const state = await mempoolStateOf(database.db);
    if (seen.length === 1 && !isDeepStrictEqual(state, before)) seen.push(stored);
    expect(state, `killed before statement ${statements}`).toEqual(seen.at(-1));
    statements += 1;
  }
  expect(statements).toBeGreaterThan(7);
  expect(seen).toHaveLength(2);
  expect(await mempoolStateOf(database.db)).toEqual(after);
}, 120_000);
