import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { startBucketServer } from "../../../../test/helpers/bucket-server.ts";
import { openBucket } from "./bucket-client.ts";
import { copyToBucket } from "./copy-to-bucket.ts";

const server = await startBucketServer();
const { signal } = new AbortController();
const bucket = openBucket(server, { retryMs: 1 });
let toDir = "";

beforeEach(() => {
  toDir = mkdtempSync(join(tmpdir(), "utxoiq-bucket-"));
  server.objects.clear();
  server.served.length = 0;
});

afterEach(() => rmSync(toDir, { recursive: true }));
afterAll(() => server.close());

function write(path: string, text: string): void {
  mkdirSync(dirname(join(toDir, path)), { recursive: true });
  writeFileSync(join(toDir, path), text);
}

const SEGMENT = "00000001000000000000000";

/** A backup of a few files whose log begins with a segment. */
function writeBackup(name: string, firstSegment: number): void {
  const paths = [
    "PG_VERSION",
    "base/1/1259",
    "base/1/1260",
    "base/1/1261",
    "global/1262",
    `pg_wal/${SEGMENT}${firstSegment}`,
  ];
  const files = paths.map((path) => {
    const text = `${name} ${path}`;
    write(`${name}/postgres/${path}`, text);
    return { path, size: text.length, sha256: createHash("sha256").update(text).digest("hex") };
  });
  write(`${name}/postgres/backup_label`, "label");
  const startedAt = "2031-01-01T00:00:00Z";
  const counted = { before: {}, after: {}, bytes: 1, files };
  write(`${name}/manifest.json`, JSON.stringify({ format: 1, startedAt, finishedAt: startedAt, ...counted }));
}

function writeLog(): void {
  for (const index of [1, 2, 3]) write(`log/${SEGMENT}${index}.gz`, `log ${index}`);
  write(`log/${SEGMENT}4.partial.gz`, "part of 4");
  write("log/until-00000001.json", "{}");
}

const copy = (keep = 7) => copyToBucket({ bucket, toDir, keep, signal });
const names = (): string[] => [...server.objects.keys()].map((key) => key.replace("of/ours/", "")).toSorted();

test("all of it is copied, the manifest of a backup and how far the log reaches last, and once", async () => {
  writeBackup("backup-2031-01-01T000000Z", 1);
  writeLog();
  expect(await copy()).toEqual({ copied: 13, removed: 0 });
  expect(names()).toContain("backup-2031-01-01T000000Z/postgres/base/1/1259");
  expect(String(server.objects.get(`of/ours/log/${SEGMENT}2.gz`))).toBe("log 2");
  const put = server.served.filter((line) => line.startsWith("PUT"));
  expect(put[7]).toContain("manifest.json");
  expect(put.at(-1)).toContain("until-00000001.json");
  // What grows is copied again.
  write(`log/${SEGMENT}4.partial.gz`, "more of 4");
  expect(await copy()).toEqual({ copied: 2, removed: 0 });
  expect(String(server.objects.get(`of/ours/log/${SEGMENT}4.partial.gz`))).toBe("more of 4");
});

test("what the newest ones do not need goes, and nothing because it is missing here", async () => {
  writeBackup("backup-2031-01-01T000000Z", 1);
  writeBackup("backup-2031-01-02T000000Z", 3);
  writeLog();
  await copy();
  expect(await copy(1)).toEqual({ copied: 2, removed: 10 });
  expect(names().filter((name) => name.includes("2031-01-01"))).toEqual([]);
  expect(names()).toContain(`log/${SEGMENT}3.gz`);
  expect(names()).not.toContain(`log/${SEGMENT}2.gz`);
  const before = names();
  // Another disk, on which nothing stands yet.
  rmSync(toDir, { recursive: true });
  mkdirSync(toDir);
  expect(await copy(1)).toEqual({ copied: 0, removed: 0 });
  expect(names()).toEqual(before);
});

test("what breaks off or is asked to wait is asked again", async () => {
  writeLog();
  server.faults.push(503, "broken", 429, 500);
  await copy();
  expect(names()).toHaveLength(5);
});

test("what is refused is told with its reason, without a secret, and not asked again", async () => {
  writeLog();
  const stranger = openBucket({ ...server, secret: "another" }, { retryMs: 1 });
  const refused = copyToBucket({ bucket: stranger, toDir, keep: 1, signal });
  await expect(refused).rejects.toMatchObject({
    code: "STORE_BUCKET",
    message: expect.stringMatching(
      /^The bucket at 127\.0\.0\.1:\d+ answered 403 \(SignatureDoesNotMatch\) to GET \/bucket\.$/,
    ),
  });
  server.faults.push(500, 500, 500, 500, 500);
  await expect(copy()).rejects.toMatchObject({ message: expect.stringContaining("500 (SlowDown)") });
  expect(server.served).toEqual([]);
  const nowhere = openBucket({ ...server, address: "http://127.0.0.1:2/bucket" }, { retryMs: 1 });
  await expect(nowhere.list(signal)).rejects.toMatchObject({ message: expect.stringContaining("ECONNREFUSED") });
});

test("a file that was changed since is refused by the server, and its backup does not count as whole", async () => {
  writeBackup("backup-2031-01-01T000000Z", 1);
  write("backup-2031-01-01T000000Z/postgres/PG_VERSION", "changed");
  await expect(copy()).rejects.toMatchObject({ message: expect.stringContaining("XAmzContentSHA256Mismatch") });
  expect(names().filter((name) => /PG_VERSION|manifest/.test(name))).toEqual([]);
});
