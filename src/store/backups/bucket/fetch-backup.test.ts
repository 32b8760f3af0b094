import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { startBucketServer } from "../../../../test/helpers/bucket-server.ts";
import { chooseRestore } from "../log/choose-restore.ts";
import { openBucket } from "./bucket-client.ts";
import { copyToBucket } from "./copy-to-bucket.ts";
import { fetchBackup, type Wanted } from "./fetch-backup.ts";

const server = await startBucketServer();
const { signal } = new AbortController();
const bucket = openBucket(server, { retryMs: 1 });
let place = "";
let lost = "";
let toDir = "";

const SEGMENT = "00000001000000000000000";
const FIRST = "backup-2031-01-01T000000Z";
const SECOND = "backup-2031-01-02T000000Z";

beforeEach(async () => {
  place = mkdtempSync(join(tmpdir(), "utxoiq-fetch-"));
  lost = join(place, "lost");
  toDir = join(place, "new", "backups");
  server.objects.clear();
  writeBackup(FIRST, { day: 1, segment: 1 });
  writeBackup(SECOND, { day: 2, segment: 3 });
  for (const index of [1, 2, 3, 4]) write(`log/${SEGMENT}${index}.gz`, `log ${index}`);
  write(`log/${SEGMENT}5.partial.gz`, "part of 5");
  // A history of its own, which a restored database began.
  write("log/00000002.history", "another");
  write(`log/00000002${SEGMENT.slice(8)}5.partial.gz`, "another 5");
  writeReach("2031-01-03T00:00:00Z", "00000002");
  writeReach("2031-01-03T00:00:00Z");
  await copyToBucket({ bucket, toDir: lost, keep: 7, signal });
  server.served.length = 0;
});

afterEach(() => rmSync(place, { recursive: true }));
afterAll(() => server.close());

function write(path: string, text: string): void {
  mkdirSync(dirname(join(lost, path)), { recursive: true });
  writeFileSync(join(lost, path), text);
}

function writeReach(until: string, timeline = "00000001"): void {
  const segment = `${timeline}${SEGMENT.slice(8)}5`;
  write(`log/until-${timeline}.json`, JSON.stringify({ until, segment, offset: 9 }));
}

function writeBackup(name: string, { day, segment }: { readonly day: number; readonly segment: number }): void {
  const files = ["PG_VERSION", "base/1/1259", "empty", `pg_wal/${SEGMENT}${segment}`].map((path) => {
    const text = path === "empty" ? "" : `${name} ${path}`;
    write(`${name}/postgres/${path}`, text);
    return { path, size: text.length, sha256: createHash("sha256").update(text).digest("hex") };
  });
  write(`${name}/postgres/backup_label`, "label");
  const at = `2031-01-0${day}T00:00:00Z`;
  const counted = { before: {}, after: {}, bytes: 1, files };
  write(`${name}/manifest.json`, JSON.stringify({ format: 1, startedAt: at, finishedAt: at, ...counted }));
}

function contentOf(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).toSorted();
  return Object.fromEntries(paths.map((path) => [relative(directory, path), readFileSync(path, "utf8")]));
}

const fetchWanted = (wanted: Wanted) => fetchBackup({ bucket, toDir, wanted, signal });

test("on another machine stands what the newest backup and its log need, and goes on from there", async () => {
  expect(await fetchWanted({ at: "latest" })).toEqual({ name: SECOND, files: 13 });
  const needed = Object.entries(contentOf(lost)).filter(
    ([path]) => !path.startsWith(FIRST) && !/^log\/.*[12]\.gz$/.test(path),
  );
  expect(contentOf(toDir)).toEqual(Object.fromEntries(needed));
  const { backupDir, log } = await chooseRestore(toDir, "latest");
  expect({ backupDir, files: log.files.length }).toEqual({ backupDir: join(toDir, SECOND), files: 2 });
  // What came since, and nothing twice.
  expect(await fetchWanted({ at: "latest" })).toEqual({ name: SECOND, files: 0 });
  write(`log/${SEGMENT}5.partial.gz`, "more of 5");
  writeReach("2031-01-03T00:15:00Z");
  await copyToBucket({ bucket, toDir: lost, keep: 7, signal });
  expect(await fetchWanted({ at: "latest" })).toEqual({ name: SECOND, files: 2 });
  expect(contentOf(toDir)[`log/${SEGMENT}5.partial.gz`]).toBe("more of 5");
});

test("of a moment it is the backup before it, and one can be named", async () => {
  expect(await fetchWanted({ at: new Date("2031-01-01T12:00:00Z") })).toMatchObject({ name: FIRST });
  expect(readdirSync(toDir).toSorted()).toEqual([FIRST, "log"]);
  expect((await chooseRestore(toDir, new Date("2031-01-01T12:00:00Z"))).log.files).toHaveLength(4);
  expect(await fetchWanted({ name: SECOND })).toEqual({ name: SECOND, files: 6 });
  const tooEarly = fetchWanted({ at: new Date("2030-01-01T00:00:00Z") });
  await expect(tooEarly).rejects.toMatchObject({
    code: "STORE_RESTORE_TIME",
    message: expect.stringMatching("2031-01-01"),
  });
  await expect(fetchWanted({ name: "backup-1" })).rejects.toMatchObject({ code: "STORE_RESTORE_TIME" });
  server.objects.clear();
  await expect(fetchWanted({ at: "latest" })).rejects.toThrow("the bucket holds no backup");
});

test("what the directory knows better than the bucket stays", async () => {
  await fetchWanted({ at: "latest" });
  const log = join(toDir, "log");
  writeFileSync(join(log, `${SEGMENT}5.partial.gz`), "all of 5");
  writeFileSync(
    join(log, "until-00000001.json"),
    JSON.stringify({ until: "2031-01-04T00:00:00Z", segment: `${SEGMENT}5`, offset: 9 }),
  );
  await fetchWanted({ at: "latest" });
  expect(readFileSync(join(log, `${SEGMENT}5.partial.gz`), "utf8")).toBe("all of 5");
});

test("what breaks off is asked again, and what was broken off for good goes on where it was", async () => {
  server.faults.push(503, "broken", "midway", 500, "midway");
  expect(await fetchWanted({ name: FIRST })).toEqual({ name: FIRST, files: 6 });
  rmSync(toDir, { recursive: true });
  const label = server.objects.get(`of/ours/${FIRST}/postgres/backup_label`) ?? Buffer.of();
  server.objects.delete(`of/ours/${FIRST}/postgres/backup_label`);
  await expect(fetchWanted({ name: FIRST })).rejects.toMatchObject({ code: "STORE_BUCKET" });
  expect(existsSync(join(toDir, FIRST))).toBe(false);
  server.objects.set(`of/ours/${FIRST}/postgres/backup_label`, label);
  server.served.length = 0;
  await fetchWanted({ name: FIRST });
  expect(server.served.filter((line) => line.includes("PG_VERSION"))).toEqual([]);
  expect(contentOf(join(toDir, FIRST))).toEqual(contentOf(join(lost, FIRST)));
});

test("a file that was changed in the bucket, or one that leads elsewhere, makes no backup", async () => {
  server.objects.set(`of/ours/${FIRST}/postgres/PG_VERSION`, Buffer.from("changed"));
  await expect(fetchWanted({ name: FIRST })).rejects.toMatchObject({ code: "STORE_BACKUP_DAMAGED" });
  const manifest = String(server.objects.get(`of/ours/${SECOND}/manifest.json`));
  server.objects.set(
    `of/ours/${SECOND}/manifest.json`,
    Buffer.from(manifest.replace("base/1/1259", "../../../../out")),
  );
  await expect(fetchWanted({ name: SECOND })).rejects.toThrow("names a file outside it: postgres/../../../../out");
  expect(readdirSync(toDir).filter((name) => !name.endsWith(".part"))).toEqual([]);
});
