import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runCommand } from "../helpers/run-command.ts";

const place = mkdtempSync(join(tmpdir(), "utxoiq-backup-commands-"));
// Root starts the server as another user, who has to come by.
chmodSync(place, 0o755);
const backups = join(place, "backups");
const data = (name: string): readonly string[] => ["--data", join(place, name)];
const ON = ["--network", "regtest", "--log-level", "silent"];

afterAll(() => rmSync(place, { recursive: true, force: true }));

test("what was backed up is restored, and what cannot be says why in one sentence", async () => {
  const file = join(place, "acme.csv");
  writeFileSync(file, `script,actor,kind\n5120${"07".repeat(32)},acme,exchange\n`);
  expect(await runCommand("labels", "import", file, ...ON, ...data("live"))).toMatchObject({ code: 0, stderr: "" });
  const made = await runCommand("backup", "--to", backups, ...ON, ...data("live"));
  expect(made).toMatchObject({ code: 0, stderr: "" });
  expect(made.stdout).toMatch(/^Backup +\S+backup-\S+, \d+ MB in \d+ files, .*\nVerified +restored beside/);
  const [name = ""] = readdirSync(backups);

  const restored = await runCommand("restore", join(backups, name), ...data("restored"));
  expect(restored).toMatchObject({ code: 0, stderr: "" });
  expect(restored.stdout).toContain(`Start it    with --data ${join(place, "restored")}`);
  const told = await runCommand("labels", "show", "acme", ...ON, ...data("restored"));
  expect(told).toMatchObject({ code: 0, stdout: expect.stringContaining("exchange") });

  const refused: [readonly string[], string][] = [
    [["restore", join(backups, name)], "where to? Name an empty directory with --data <directory>"],
    [
      ["restore", join(backups, name), ...data("restored")],
      "holds a database already; restore into an empty directory",
    ],
    [["restore", join(backups, name), "--at", "latest", ...data("new")], "is one backup; --at needs the directory"],
    [["restore", backups, "--at", "latest", ...data("new")], "no log of changes was kept in"],
    [["restore", backups, "--at", "2020-01-01T00:00:00Z", ...data("new")], "the oldest backup of"],
    [["restore", backups, ...data("new")], "has no manifest.json that can be read, so it is no whole backup"],
  ];
  for (const [args, sentence] of refused) {
    const { code, stderr } = await runCommand(...args);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(sentence) });
    expect(stderr.trim().split("\n")).toHaveLength(1);
  }
});
