import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { sql } from "kysely";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createLogger } from "#lib";
import { startBucketServer } from "../../../test/helpers/bucket-server.ts";
import { storedChain } from "../../../test/helpers/stored-blocks.ts";
import { claimChain, listRecentFeatures } from "../blocks/index.ts";
import { saveBlocks } from "../blocks/save-blocks.ts";
import { type Connection, type Database, migrate, openDatabase } from "../database/index.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../embedded/start-embedded-postgres.ts";
import { listEvents } from "../published/index.ts";
import { endBackups, readBackupState } from "./backup-state.ts";
import { checkRestored } from "./check-restored.ts";
import { countInsertions, insertedSince } from "./count-rows.ts";
import { type BackupPlan, keepBackups } from "./keep-backups.ts";
import { archiveLog } from "./log/archive-log.ts";
import { chooseRestore } from "./log/choose-restore.ts";
import { unpackLog } from "./log/unpack-log.ts";
import { tidyLog } from "./log/tidy-log.ts";
import { makeBackup } from "./make-backup.ts";
import { readManifest } from "./manifest.ts";
import { restoreBackup } from "./restore-backup.ts";
import { rotateBackups } from "./rotate-backups.ts";

const place = mkdtempSync(join(tmpdir(), "utxoiq-backup-"));
const sharedDir = join(place, "shared");
const toDir = join(place, "backups");
const logDir = join(toDir, "log");
const logger = createLogger(undefined, "silent");
const chain = storedChain(400);
const { signal } = new AbortController();
const restoring = { logger, sharedDir, signal };
let server: EmbeddedPostgres;
let db: Database;
/** Ten megabytes of the log. */
const BULK = sql`SELECT pg_logical_emit_message(true, 'test', repeat(md5(random()::text), 300000))`;
/** Blocks of the chain that are stored. */
let stored = 20;

beforeAll(async () => {
  // Root starts the server as another user, who has to come by.
  chmodSync(place, 0o755);
  server = await startEmbeddedPostgres({ dataDir: join(place, "live"), logger, sharedDir, settings: { fsync: "off" } });
  await migrate(server.connection);
  db = await openDatabase({ connection: server.connection, name: "test", logger });
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  await saveBlocks(db, chain.slice(0, stored));
});

afterAll(async () => {
  await db.destroy();
  await server.stop();
});

async function storeNext(): Promise<void> {
  await saveBlocks(db, chain.slice(stored, stored + 1));
  stored += 1;
}

/** While blocks are stored, one after the other. */
async function underLoad<Result>(work: () => Promise<Result>): Promise<Result> {
  const over = new AbortController();
  const storing = (async () => {
    while (!over.signal.aborted && stored < chain.length) await storeNext();
  })();
  const result = await work();
  over.abort();
  await storing;
  return result;
}

async function archive(connection = server.connection, to = logDir): ReturnType<typeof archiveLog> {
  const client = new Client(connection);
  await client.connect();
  try {
    return await archiveLog(client, to);
  } finally {
    await client.end();
  }
}

function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** What a reader sees. */
async function seenOf(from: Database): Promise<unknown> {
  return {
    features: await listRecentFeatures(from, 1_000),
    events: await listEvents(from, { after: 0, limit: 10_000 }),
  };
}

async function withServerOf<Result>(
  dataDir: string,
  work: (server: EmbeddedPostgres) => Promise<Result>,
): Promise<Result> {
  const restored = await startEmbeddedPostgres({ dataDir, logger, sharedDir });
  try {
    return await work(restored);
  } finally {
    await restored.stop();
  }
}

async function seenAt(connection: Connection): Promise<unknown> {
  const copy = await openDatabase({ connection, name: "test", logger });
  try {
    return await seenOf(copy);
  } finally {
    await copy.destroy();
  }
}

describe("a backup", () => {
  test("that is taken while blocks are stored is restored to a state that was", async () => {
    const { dir, manifest } = await underLoad(() => makeBackup({ connection: server.connection, toDir, signal }));
    // Otherwise nothing was stored meanwhile.
    expect(manifest.after["block_headers"]).toBeGreaterThan(manifest.before["block_headers"] ?? 0);
    const dataDir = join(place, "restored");
    const { height, counts } = await restoreBackup({ backupDir: dir, dataDir, ...restoring });
    expect(counts["block_features"]).toBe((height ?? -1) + 1);
    const { features } = (await withServerOf(dataDir, ({ connection }) => seenAt(connection))) as { features: unknown };
    expect(features).toEqual(await listRecentFeatures(db, (height ?? -1) + 1, height ?? -1));
    await expect(restoreBackup({ backupDir: dir, dataDir, ...restoring })).rejects.toMatchObject({
      code: "STORE_BACKUP_TARGET",
    });
  });

  test("is on the disk with all of its files and directories before it has its name", async () => {
    const synced: string[] = [];
    const opened = await open(place, "r");
    const sync = vi.spyOn(Object.getPrototypeOf(opened) as typeof opened, "sync");
    sync.mockImplementation(async () => void synced.push("one"));
    const { dir, manifest } = await makeBackup({
      connection: server.connection,
      toDir: join(place, "synced"),
      verify: async (part) => {
        const { length } = readdirSync(part, { recursive: true });
        // Each of them, the directory itself, and the manifest once more when it was written, with its directory.
        expect(synced).toHaveLength(length + 3);
      },
      signal,
    });
    expect(synced).toHaveLength(readdirSync(dir, { recursive: true }).length + 4);
    sync.mockRestore();
    await opened.close();
    expect(manifest.inserted).toMatchObject({ block_headers: 0, signals: 0 });
  });

  test("that was taken while rows were replaced for long is whole, and one with too few or too many is not", async () => {
    const counted = { before: { events: 100_000 }, after: { events: 80_500 }, inserted: { events: 1_000 } };
    const client = {
      query: async (text: string) => ({
        rows: text.includes("count(*) AS count") ? [{ count: "100500" }] : [{ table: "events", height: 7, gaps: "0" }],
      }),
    };
    expect(await checkRestored(client as never, counted)).toMatchObject({ counts: { events: 100_500 }, height: 7 });
    for (const [before, after, inserted] of [
      [100_000, 80_500, 400],
      [101_501, 102_000, 1_000],
    ] as const) {
      const other = { before: { events: before }, after: { events: after }, inserted: { events: inserted } };
      await expect(checkRestored(client as never, other)).rejects.toMatchObject({ code: "STORE_BACKUP_DAMAGED" });
    }
  });

  test("counts the rows that come while it is made, also where as many go", async () => {
    const client = new Client(server.connection);
    await client.connect();
    const before = await countInsertions(client);
    await client.query("CREATE TEMPORARY TABLE of_signals AS SELECT * FROM signals");
    await client.query("DELETE FROM signals");
    await client.query("INSERT INTO signals SELECT * FROM of_signals");
    await client.query("SELECT pg_stat_force_next_flush()");
    const { rowCount } = await client.query("SELECT FROM signals");
    expect(insertedSince(before, await countInsertions(client))).toMatchObject({ signals: rowCount });
    expect(rowCount).toBeGreaterThan(0);
    await client.end();
  });

  test("that was changed since, or is none, is refused and leaves nothing", async () => {
    const { dir, manifest } = await makeBackup({ connection: server.connection, toDir, signal });
    appendFileSync(join(dir, "postgres", manifest.files[0]?.path ?? ""), "x");
    const refused = { code: "STORE_BACKUP_DAMAGED" };
    const changed = { backupDir: dir, dataDir: join(place, "changed"), ...restoring };
    await expect(restoreBackup(changed)).rejects.toMatchObject(refused);
    expect(existsSync(join(place, "changed", "postgres"))).toBe(false);
    const none = { backupDir: place, dataDir: join(place, "none"), ...restoring };
    await expect(restoreBackup(none)).rejects.toMatchObject(refused);
    rmSync(dir, { recursive: true });
  });

  test("gives way to newer ones", async () => {
    mkdirSync(join(toDir, "backup-2020-01-01T000000Z"));
    const leftBehind = ["backup-2020-01-02T000000Z.part", "verify-left1"];
    const underWay = ["backup-2030-01-02T000000Z.part", "verify-now"];
    for (const name of [...leftBehind, ...underWay]) mkdirSync(join(toDir, name));
    for (const name of leftBehind) utimesSync(join(toDir, name), new Date(0), new Date(0));
    mkdirSync(join(toDir, "something else"));
    expect(await rotateBackups(toDir, 1)).toEqual(["backup-2020-01-01T000000Z"]);
    const left = readdirSync(toDir);
    expect(left.filter((name) => /^backup-.*Z$/.test(name))).toHaveLength(1);
    expect(left).toEqual(expect.arrayContaining(["something else", ...underWay]));
    expect(left.filter((name) => leftBehind.includes(name))).toEqual([]);
    rmSync(toDir, { recursive: true });
  });
});

describe("the log of changes", () => {
  let moment: Date;
  let then: unknown;

  test("is archived, and a database that is restored of all of it goes on with a log of its own", async () => {
    expect(await archive()).toMatchObject({ anew: true, timeline: 1 });
    await underLoad(() => makeBackup({ connection: server.connection, toDir, signal }));
    expect(await archive()).toMatchObject({ anew: false });
    await underLoad(() => wait(200));
    then = await seenOf(db);
    moment = new Date();
    await wait(5);
    // More than a file of the log, so that whole ones and a part of one are played.
    for (let times = 0; times < 3; times += 1) {
      await BULK.execute(db);
      await storeNext();
      await archive();
    }
    const dataDir = join(place, "latest");
    await restoreBackup({ ...(await chooseRestore(toDir, "latest")), dataDir, ...restoring });
    const [seen, archived] = await withServerOf(dataDir, async ({ connection }) => [
      await seenAt(connection),
      await archive(connection),
    ]);
    expect(seen).toEqual(await seenOf(db));
    expect(archived).toMatchObject({ anew: true, timeline: 2 });
  });

  test("brings a backup that was taken under load to a moment after it", async () => {
    const chosen = await chooseRestore(toDir, moment);
    expect(chosen.log.files.length).toBeGreaterThan(1);
    const dataDir = join(place, "then");
    await restoreBackup({ ...chosen, dataDir, ...restoring });
    const [seen, archived] = await withServerOf(dataDir, async ({ connection }) => [
      await seenAt(connection),
      await archive(connection),
    ]);
    expect(seen).toEqual(then);
    // No second one with the number that the other has.
    expect(archived).toMatchObject({ timeline: 3 });
  });

  test("brings it to the very moment that it says it reaches, where nothing was stored since", async () => {
    const { until } = await archive();
    const dataDir = join(place, "until");
    await restoreBackup({ ...(await chooseRestore(toDir, until)), dataDir, ...restoring });
    const seen = await withServerOf(dataDir, async ({ connection }) => seenAt(connection));
    expect(seen).toEqual(await seenOf(db));
  });

  test("refuses a moment that it does not reach, and says how far it does", async () => {
    const refused = (at: Date) => expect(chooseRestore(toDir, at)).rejects;
    await refused(new Date(0)).toMatchObject({
      code: "STORE_RESTORE_TIME",
      message: expect.stringContaining("oldest"),
    });
    await refused(new Date(Date.now() + 60_000)).toMatchObject({ message: expect.stringContaining("reaches until") });
    await expect(chooseRestore(place, moment)).rejects.toMatchObject({ message: expect.stringContaining("no backup") });
  });

  test("that is damaged or not all there is refused by the file's name", async () => {
    const { log } = await chooseRestore(toDir, moment);
    const { file = "", name = "" } = log.files[0] ?? {};
    const cluster = join(place, "damaged");
    mkdirSync(join(cluster, "pg_wal"), { recursive: true });
    await unpackLog(log, cluster);
    expect(readdirSync(join(cluster, "pg_wal"))).toContain(name);
    writeFileSync(file, "not packed");
    await expect(unpackLog(log, cluster)).rejects.toMatchObject({
      code: "STORE_BACKUP_DAMAGED",
      message: expect.stringContaining(file),
    });
    rmSync(file);
    await expect(chooseRestore(toDir, moment)).rejects.toMatchObject({ message: expect.stringContaining(name) });
  });

  test("goes with the backups that need it", async () => {
    const [name = ""] = readdirSync(toDir).filter((each) => each.startsWith("backup-"));
    const manifest = await readManifest(join(toDir, name));
    const [first = ""] = manifest.files.flatMap(({ path }) => /^pg_wal\/(.*)/.exec(path)?.[1] ?? []).toSorted();
    writeFileSync(join(logDir, "000000010000000000000000.gz"), "");
    expect(await tidyLog(logDir, [])).toBe(0);
    expect(await tidyLog(logDir, [manifest])).toBeGreaterThan(0);
    const left = readdirSync(logDir).filter((each) => each.endsWith(".gz"));
    expect(left.length).toBeGreaterThan(0);
    expect(left.filter((each) => each.slice(8, 24) < first.slice(8))).toEqual([]);
  });

  test("of another database is not overwritten", async () => {
    const other = join(place, "other");
    await archive(server.connection, other);
    const current = readdirSync(other).find((name) => name.endsWith(".partial.gz")) ?? "";
    writeFileSync(join(other, current.replace(".partial", "")), gzipSync("x"));
    await sql`SELECT pg_switch_wal()`.execute(db);
    await expect(archive(server.connection, other)).rejects.toMatchObject({ code: "STORE_BACKUP_OTHER_LOG" });
  });
});

describe("scheduled backups", () => {
  const scheduled = join(place, "scheduled");
  const plan = { toDir: scheduled, everyHours: 24, keep: 1, sharedDir, lookMs: 20 };

  const backupsIn = (dir: string): string[] => readdirSync(dir).filter((name) => name.startsWith("backup-"));

  /** Until it is so; returns what was told. */
  async function keepUntil(done: () => Promise<boolean>, change: Partial<BackupPlan> = {}): Promise<readonly string[]> {
    const stop = new AbortController();
    const told: string[] = [];
    const tell = (_: unknown, text: string): unknown => told.push(text);
    const heard = { ...logger, info: tell, error: tell, warn: tell } as never;
    const common = { ...plan, ...change, db, connection: server.connection, logger: heard, signal: stop.signal };
    // Two processes, of which one does it.
    const keeping = [keepBackups(common), keepBackups(common)];
    while (!(await done())) await wait(20);
    stop.abort();
    await Promise.all(keeping);
    return told;
  }

  test("that fail are told until one succeeds", async () => {
    writeFileSync(join(place, "a file"), "");
    const failed = async (): Promise<boolean> => (await readBackupState(db))?.failure !== undefined;
    const told = await keepUntil(failed, { toDir: join(place, "a file", "below") });
    expect(new Set(told)).toEqual(new Set(["the log of changes could not be archived", "the backup failed"]));
    const { failure, logFailure } = (await readBackupState(db)) ?? {};
    expect([failure?.reason, logFailure]).toEqual([
      expect.stringContaining("ENOTDIR"),
      expect.stringContaining("ENOTDIR"),
    ]);
  });

  test("are made when the newest is old, restored beside, and the oldest goes; then nothing is due", async () => {
    mkdirSync(join(scheduled, "backup-2020-01-01T000000Z"), { recursive: true });
    const startedAt = "2020-01-01T00:00:00.000Z";
    const old = { format: 1, startedAt, finishedAt: startedAt, bytes: 0, before: {}, after: {}, files: [] };
    writeFileSync(join(scheduled, "backup-2020-01-01T000000Z", "manifest.json"), JSON.stringify(old));
    const gone = async (): Promise<boolean> => !existsSync(join(scheduled, "backup-2020-01-01T000000Z"));
    const told = await keepUntil(gone);
    expect(told).toEqual(["backed up, and restored beside to see that it is whole", "old backups removed"]);
    const left = backupsIn(scheduled);
    expect(left).toHaveLength(1);
    const state = await readBackupState(db);
    expect(state).toMatchObject({
      everyHours: 24,
      newest: { name: left[0] },
      failure: undefined,
      logFailure: undefined,
    });
    const before = state?.logUntil?.getTime() ?? 0;
    expect(await keepUntil(async () => ((await readBackupState(db))?.logUntil?.getTime() ?? 0) > before)).toEqual([]);
    expect(backupsIn(scheduled)).toEqual(left);
  });

  test("are made again where the log has a gap since the newest, also by whoever is started after the gap", async () => {
    const [newest] = backupsIn(scheduled);
    await endBackups(db);
    // What is not archived goes to files that are written over.
    await BULK.execute(db);
    await BULK.execute(db);
    await sql`SELECT pg_switch_wal()`.execute(db);
    await sql`CHECKPOINT`.execute(db);
    // Whoever saw that it begins anew ended before the backup that has to follow.
    expect(await archive(server.connection, join(scheduled, "log"))).toMatchObject({ anew: true });
    await expect(chooseRestore(scheduled, "latest")).rejects.toMatchObject({ code: "STORE_RESTORE_TIME" });
    const made = async (): Promise<boolean> =>
      !backupsIn(scheduled).includes(newest ?? "") && (await readBackupState(db))?.logUntil !== undefined;
    expect(await keepUntil(made)).toContain("backed up, and restored beside to see that it is whole");
    expect((await chooseRestore(scheduled, "latest")).backupDir).not.toContain(newest);
  });

  test("are copied to a bucket, and that they are not is told", async () => {
    const bucket = await startBucketServer();
    const to = join(place, "copied");
    const name = await writeSmallBackup(to);
    const failure = async (): Promise<string | undefined> => (await readBackupState(db))?.copyFailure;
    try {
      const stranger = { ...bucket, secret: "another" };
      await keepUntil(async () => (await failure()) !== undefined, { toDir: to, bucket: stranger });
      expect(await failure()).toContain("403");
      const told = await keepUntil(async () => (await failure()) === undefined, { toDir: to, bucket });
      expect(new Set(told)).toEqual(new Set(["backups copied to the bucket"]));
      expect([...bucket.objects.keys()]).toContain(`of/ours/${name}/manifest.json`);
    } finally {
      await bucket.close();
    }
  });

  /** As if it had been made just now, of the file of the log that is written now alone; returns its name. */
  async function writeSmallBackup(to: string): Promise<string> {
    const startedAt = new Date().toISOString();
    const name = `backup-${startedAt.replaceAll(":", "").replace(/\.\d+/, "")}`;
    const { rows } = await sql<{ segment: string }>`SELECT pg_walfile_name(pg_current_wal_lsn()) AS segment`.execute(
      db,
    );
    const path = `pg_wal/${rows[0]?.segment}`;
    mkdirSync(join(to, name, "postgres", "pg_wal"), { recursive: true });
    for (const file of [path, "backup_label"]) writeFileSync(join(to, name, "postgres", file), "");
    const files = [{ path, size: 0, sha256: sha256Of("") }];
    const manifest = { format: 1, startedAt, finishedAt: startedAt, bytes: 0, before: {}, after: {}, files };
    writeFileSync(join(to, name, "manifest.json"), JSON.stringify(manifest));
    return name;
  }

  test("go on after the connection that they are made by was lost", async () => {
    const before = (await readBackupState(db))?.logUntil?.getTime() ?? 0;
    let ended = false;
    const told = await keepUntil(async () => {
      const reached = (await readBackupState(db))?.logUntil?.getTime() ?? 0;
      if (!ended && reached > before) ended = (await endConnections()) > 0;
      return ended && reached > (lostAt ?? Infinity);
    });
    // Whoever was connected just then says so: always he who sees to them, and he who archives if he was at it.
    const [seenTo, archiving] = ["backups could not be seen to", "the log of changes could not be archived"];
    expect(told).toContain(seenTo);
    expect(told.filter((text) => text !== seenTo && text !== archiving)).toEqual([]);
  });

  /** When it was done. */
  let lostAt: number | undefined;

  async function endConnections(): Promise<number> {
    const { rows } = await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'utxoiq backups'`.execute(db);
    lostAt = Date.now();
    return rows.length;
  }

  test("that are planned no more leave nothing behind that the server would keep", async () => {
    await endBackups(db);
    expect(await readBackupState(db)).toBeUndefined();
    const slots = await sql`SELECT slot_name FROM pg_replication_slots`.execute(db);
    expect(slots.rows).toEqual([]);
    // What was archived is archived once more by whoever begins anew, and is the same.
    expect(await archive(server.connection, join(scheduled, "log"))).toMatchObject({ anew: true });
  });
});
