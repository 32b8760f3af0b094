import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openTestDatabase } from "../../../../test/helpers/database.ts";
import { makeBackup } from "../make-backup.ts";
import { readManifest } from "../manifest.ts";
import { restoreDump } from "./restore-dump.ts";

const { connection } = await openTestDatabase();
const place = mkdtempSync(join(tmpdir(), "utxoiq-dump-"));
const { signal } = new AbortController();
const { host, port, user, database } = connection;
const path = process.env["PATH"];

/** With a password that has what must be written otherwise, in an address and in a file of passwords. */
const url = `postgres://${user}:pass%3Aword%5C@${encodeURIComponent(host)}:${port}/${database}`;
const mine = { connectionString: url };

/** A program of this name that does what the script says, first of all others. */
function installTool(name: string, script: string): void {
  writeFileSync(join(place, "bin", name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(place, "bin", name), 0o755);
}

beforeAll(() => {
  mkdirSync(join(place, "bin"));
});

beforeEach(() => {
  process.env["PATH"] = `${join(place, "bin")}:${path}`;
  rmSync(join(place, "backups"), { recursive: true, force: true });
  mkdirSync(join(place, "backups"));
});

afterAll(() => {
  process.env["PATH"] = path;
  rmSync(place, { recursive: true });
});

const toDir = join(place, "backups");

test("a dump is what pg_dump writes, which is told the password in a file of the moment alone", async () => {
  const seen = join(place, "seen");
  installTool(
    "pg_dump",
    `printf '%s\\n' "$@" > ${seen}; cat "$(dirname "$5")/passwords" >> ${seen}; printf dumped > "$5"`,
  );
  const { dir, manifest } = await makeBackup({ connection: mine, toDir, signal });
  const [format, owner, privileges, file, output, noPassword, name, address, passwords] = readFileSync(
    seen,
    "utf8",
  ).split("\n");
  expect([format, owner, privileges, file, noPassword, name]).toEqual([
    "--format=custom",
    "--no-owner",
    "--no-privileges",
    "--file",
    "--no-password",
    "--dbname",
  ]);
  expect(output).toContain("database.dump");
  expect(URL.parse(address ?? "")).toMatchObject({ password: "", pathname: `/${database}` });
  expect(passwords).toBe(String.raw`*:*:*:*:pass\:word\\`);
  expect(readdirSync(dir).toSorted()).toEqual(["database.dump", "manifest.json"]);
  expect(manifest).toMatchObject({ kind: "dump", bytes: 6 });
  expect(manifest.after).toHaveProperty("block_headers");
  expect(await readManifest(dir)).toEqual(manifest);
});

test("what pg_dump says when it fails is told, and nothing is left", async () => {
  installTool("pg_dump", "echo 'pg_dump: error: aborting because of server version mismatch' >&2; exit 1");
  await expect(makeBackup({ connection: mine, toDir, signal })).rejects.toMatchObject({
    code: "STORE_DUMP_FAILED",
    message: "pg_dump failed: pg_dump: error: aborting because of server version mismatch",
  });
  expect(readdirSync(toDir)).toEqual([]);
});

test("where pg_dump is not installed it is said what the provider should do", async () => {
  process.env["PATH"] = toDir;
  await expect(makeBackup({ connection: mine, toDir, signal })).rejects.toMatchObject({
    code: "STORE_DUMP_TOOL",
    message: expect.stringContaining("automatic backups with point-in-time recovery"),
  });
});

test("a dump is restored into an empty database alone, and only as it was", async () => {
  installTool("pg_dump", `printf dumped > "$5"`);
  const { dir } = await makeBackup({ connection: mine, toDir, signal });
  await expect(restoreDump({ backupDir: dir, connection: mine, signal })).rejects.toMatchObject({
    code: "STORE_BACKUP_TARGET",
  });
  writeFileSync(join(dir, "database.dump"), "changed");
  await expect(restoreDump({ backupDir: dir, connection: mine, signal })).rejects.toMatchObject({
    code: "STORE_BACKUP_DAMAGED",
  });
});
