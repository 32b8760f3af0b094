import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, expect, test } from "vitest";
import { startBucketServer } from "../helpers/bucket-server.ts";
import { runCommand } from "../helpers/run-command.ts";

const place = mkdtempSync(join(tmpdir(), "utxoiq-backup-commands-"));
// Root starts the server as another user, who has to come by.
chmodSync(place, 0o755);
const backups = join(place, "backups");
const data = (name: string): readonly string[] => ["--data", join(place, name)];
const ON = ["--network", "regtest", "--log-level", "silent"];

afterAll(() => rmSync(place, { recursive: true, force: true }));

/** Puts all files of a directory into the bucket, as the copy of scheduled backups does. */
function copyInto(objects: Map<string, Buffer>, directory: string): void {
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) objects.set(`of/ours/${relative(directory, path)}`, readFileSync(path));
  }
}

let told: Awaited<ReturnType<typeof runCommand>>;
const nameOfBackup = (): string => readdirSync(backups)[0] ?? "";

test("what was backed up is restored", async () => {
  const file = join(place, "acme.csv");
  writeFileSync(file, `script,actor,kind\n5120${"07".repeat(32)},acme,exchange\n`);
  expect(await runCommand("labels", "import", file, ...ON, ...data("live"))).toMatchObject({ code: 0, stderr: "" });
  const made = await runCommand("backup", "--to", backups, ...ON, ...data("live"));
  expect(made).toMatchObject({ code: 0, stderr: "" });
  expect(made.stdout).toMatch(/^Backup +\S+backup-\S+, \d+ MB in \d+ files, .*\nVerified +restored beside/);
  const restored = await runCommand("restore", join(backups, nameOfBackup()), ...data("restored"));
  expect(restored).toMatchObject({ code: 0, stderr: "" });
  expect(restored.stdout).toContain(`Start it    with --data ${join(place, "restored")}`);
  told = await runCommand("labels", "show", "acme", ...ON, ...data("restored"));
  expect(told).toMatchObject({ code: 0, stdout: expect.stringContaining("exchange") });
});

test("what was copied to a bucket is fetched from there", async () => {
  await using server = await startBucketServer();
  copyInto(server.objects, backups);
  const { bucket, key } = flagsOf(server);
  const elsewhere = join(place, "another machine", nameOfBackup());
  const fetched = await runCommand("restore", elsewhere, ...bucket, ...key, ...data("fetched"));
  expect(fetched).toMatchObject({ code: 0, stderr: "" });
  expect(fetched.stdout).toMatch(/^Fetched +[\d,]+ files of backup-/);
  const there = await runCommand("labels", "show", "acme", ...ON, ...data("fetched"));
  expect(there).toMatchObject({ code: 0, stdout: told.stdout });
});

function flagsOf({ address, region, keyId, secret }: Awaited<ReturnType<typeof startBucketServer>>) {
  return {
    bucket: ["--backup-bucket", address, "--backup-bucket-region", region],
    key: ["--backup-bucket-key", `${keyId}:${secret}`],
  };
}

test("what cannot be restored says why in one sentence", async () => {
  await using server = await startBucketServer();
  copyInto(server.objects, backups);
  const { bucket, key } = flagsOf(server);
  const refused: [readonly string[], string][] = [
    [["restore", join(backups, nameOfBackup())], "where to? Name an empty directory with --data <directory>"],
    [
      ["restore", join(backups, nameOfBackup()), ...data("restored")],
      "holds a database already; restore into an empty directory",
    ],
    [
      ["restore", join(backups, nameOfBackup()), "--at", "latest", ...data("new")],
      "is one backup; --at needs the directory",
    ],
    [["restore", backups, "--at", "latest", ...data("new")], "no log of changes was kept in"],
    [["restore", backups, "--at", "2020-01-01T00:00:00Z", ...data("new")], "the oldest backup of"],
    [["restore", join(place, "backup-1"), ...bucket, ...key, ...data("new")], "no whole backup backup-1"],
    [["restore", backups, ...bucket, ...data("new")], "a bucket needs a key"],
    [["restore", backups, ...data("new")], "has no manifest.json that can be read, so it is no whole backup"],
  ];
  for (const [args, sentence] of refused) {
    const { code, stderr } = await runCommand(...args);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(sentence) });
    expect(stderr.trim().split("\n")).toHaveLength(1);
  }
});
