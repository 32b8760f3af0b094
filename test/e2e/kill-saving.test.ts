import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { type Database, getCursor, getEventBounds, listEvents, listRecentFeatures, saveBlocks } from "#store";
import { openTestDatabase, type TestDatabase } from "../helpers/database.ts";
import { REORG } from "../helpers/stored-reorg.ts";

async function stateOf(db: Database): Promise<unknown> {
  return {
    cursor: await getCursor(db),
    features: await listRecentFeatures(db, 100),
    headers: await db.selectFrom("block_headers").select(["hash", "height"]).orderBy("height").execute(),
    transfers: await db.selectFrom("transfers").selectAll().orderBy("txid").orderBy("blockhash").execute(),
    signals: await db.selectFrom("signals").selectAll().orderBy("blockhash").orderBy("ordinal").execute(),
    events: (await listEvents(db, { after: 0, limit: 1_000 })).map(({ type, block, insight }) => ({
      type,
      block,
      insight: insight && { id: insight.id, blockHash: insight.blockHash, status: insight.status },
    })),
  };
}

/** Whether it came to its end. */
async function saveAndDie({ connection }: TestDatabase, statements: number): Promise<boolean> {
  const order = JSON.stringify({ connection, statements });
  const worker = spawn(process.execPath, ["test/helpers/save-worker.ts", order], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  worker.stdout.on("data", (text: Buffer) => (said += text.toString()));
  const [code, signal] = (await once(worker, "exit")) as [number | null, string | null];
  if (!said.includes("saved")) expect(signal).toBe("SIGKILL");
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
  while (!(await saveAndDie(database, statements))) {
    expect(await stateOf(database.db), `killed before statement ${statements}`).toEqual(before);
    statements += 1;
  }
  // Otherwise the reorg was not what was interrupted.
  expect(statements).toBeGreaterThan(10);
  expect(await stateOf(database.db)).toEqual(after);
  expect((await getEventBounds(database.db)).last).toBeGreaterThan(last ?? 0);
}, 120_000);
