import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import { createLogger, VERSION } from "#lib";
import {
  access,
  addWatch,
  backfill,
  claimChain,
  type Database,
  explore,
  feedback,
  findChain,
  listEvents,
  listWatches,
  migrate,
  openDatabase,
  saveBlocks,
  saveMempoolSnapshot,
  settings,
  verifyScorecard,
} from "#store";
import { cloneDatabase, query } from "./helpers/database.ts";
import { describeSchema } from "./helpers/describe-schema.ts";
import { dumpDatabase } from "./helpers/dump-database.ts";
import { hashOf, storedChain } from "./helpers/stored-blocks.ts";
import { storedSnapshot } from "./helpers/stored-snapshot.ts";
import { visibleState } from "./helpers/visible-state.ts";

const DIRECTORY = fileURLToPath(new URL("fixtures/releases/", import.meta.url));
const SPAN = { from: 0, to: 2 ** 40 };

/** A database of this release with rows of every area, and what the store reads of them. */
async function fill(db: Database): Promise<void> {
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  await saveBlocks(db, storedChain(24));
  while ((await explore.refreshRollups(db)) > 0);
  await saveMempoolSnapshot(db, storedSnapshot(1_700_000_000, hashOf("tip")), 30);
  await addWatch(db, { actor: "acme", kind: null }, "of interest");
  await settings.saveSettings(db, [{ name: "source", value: "simnet:2", sealed: false }], { by: "operator" });
  const by = { role: "operator", personId: null, address: null, requestId: null };
  await backfill.askJob(db, { fromHeight: 3, toHeight: 9, only: null, askedBy: "operator" }, by);
  await query(db, "INSERT INTO people (id, name, email) VALUES ('a', 'Ada', 'ada@example.org')");
  const [insightId = ""] = (await visibleState(db)).insights.map(({ id }) => id);
  const author = { ...by, role: "member", personId: "a" };
  await feedback.saveRating(db, { insightId, stars: 4, by: author });
  await feedback.saveComment(db, { insightId, text: "so it was", by: author });
}

async function readState(db: Database): Promise<Record<string, unknown>> {
  const state = await visibleState(db);
  const read = {
    ...state,
    chain: await findChain(db),
    blocks: await explore.listBlocks(db, { limit: 100 }),
    totals: await explore.listEntityTotals(db, SPAN),
    mempool: await explore.readMempoolHistory(db, { ...SPAN, from: 1_699_999_000, to: 1_700_001_000, every: 60 }),
    events: await listEvents(db, { after: 0, limit: 1_000 }),
    scorecard: await verifyScorecard(db),
    watches: await listWatches(db),
    settings: [...(await settings.readSettings(db))],
    backfills: await backfill.listJobs(db, 10),
    audit: await access.listAudit(db, { limit: 100 }),
    feedback: await feedback.readStats(
      db,
      state.insights.map(({ id }) => id),
    ),
  };
  return JSON.parse(JSON.stringify(read)) as Record<string, unknown>;
}

async function open(empty: boolean) {
  const connection = await cloneDatabase();
  const db = await openDatabase({ connection, name: "test", logger: createLogger(undefined, "silent") });
  onTestFinished(() => db.destroy());
  if (empty) await query(db, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  return { db, connection };
}

function releases(): readonly string[] {
  if (!existsSync(DIRECTORY)) return [];
  return readdirSync(DIRECTORY)
    .filter((name) => name.endsWith(".sql.gz"))
    .map((name) => name.slice(0, -".sql.gz".length));
}

async function keep(): Promise<void> {
  const { db } = await open(false);
  await fill(db);
  mkdirSync(DIRECTORY, { recursive: true });
  const write = (name: string, text: string) => writeFileSync(join(DIRECTORY, name), gzipSync(text, { level: 9 }));
  write(`${VERSION}.json.gz`, JSON.stringify(await readState(db)));
  write(`${VERSION}.sql.gz`, await dumpDatabase(db));
}

test("a database of this version is kept among those of releases", async () => {
  if (process.env["UPDATE_RELEASE"] === "1") await keep();
  expect(releases()).toContain(VERSION);
});

describe.each(releases())("a database of version %s", (version) => {
  const read = (ending: string) => gunzipSync(readFileSync(join(DIRECTORY, `${version}.${ending}.gz`))).toString();

  test("is migrated to the schema of now, and reads as it did", async () => {
    const [restored, fresh] = [await open(true), await open(false)];
    await query(restored.db, read("sql"));
    await migrate(restored.connection);
    const [schema, wanted] = [await describeSchema(restored.db), await describeSchema(fresh.db)];
    // Days and ids that were stored have partitions of their own.
    const withoutPartitions = (text: string) => text.replaceAll(/^CREATE TABLE \w+ PARTITION OF .*\n\n/gm, "");
    expect(withoutPartitions(schema)).toBe(withoutPartitions(wanted));
    expect(await readState(restored.db)).toMatchObject(JSON.parse(read("json")) as Record<string, unknown>);
  });

  test("goes on: the next block is stored, and the counts are right", async () => {
    const { db, connection } = await open(true);
    await query(db, read("sql"));
    await migrate(connection);
    const length = (await explore.listBlocks(db, { limit: 1_000 })).length;
    await saveBlocks(db, storedChain(1, length));
    expect((await explore.listBlocks(db, { limit: 1 }))[0]?.height).toBe(length);
    expect((await verifyScorecard(db)).broken).toBeUndefined();
  });
});
