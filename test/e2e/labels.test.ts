import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pause } from "#lib";
import type { StoredLabel } from "#store";
import { cloneDatabase } from "../helpers/database.ts";
import { countAddresses, describeWithRealLabels, readSummary } from "../helpers/real-labels.ts";
import { runCommand } from "../helpers/run-command.ts";
import { type Outcome, startProgram } from "../helpers/running-program.ts";

const GENESIS = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
const BINANCE = "34xp4vRoCGJym3xR7yCVPFHoCNxv4Twseo";

type Labels = (...args: readonly string[]) => Promise<Outcome>;

/** The command with a database of its own. */
async function openLabels(): Promise<{
  labels: Labels;
  write: (name: string, text: string) => string;
  where: readonly string[];
}> {
  const { host, port, user, database } = await cloneDatabase();
  const url = `postgres://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`;
  const folder = mkdtempSync(join(tmpdir(), "utxoiq-labels-"));
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const where = ["--network", "mainnet", "--database-url", url, "--data", folder];
  return { labels: (...args) => runCommand("labels", ...args, ...where), write, where };
}

const SLOW = { timeout: 180_000 };

test(
  "labels are imported, listed, shown, exported and checked; a refused line keeps all of them out",
  SLOW,
  async () => {
    const { labels, write } = await openLabels();
    const good = write(
      "good.csv",
      `address,actor,kind,lastmod,valid_from\n${GENESIS},satoshi,person,2024-05-06,2009-01-03\n`,
    );
    const bad = write(
      "bad.csv",
      `address,actor,kind\n${BINANCE},x,service\nTUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq,x,service\n`,
    );
    const refused = await labels("import", good, bad);
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain("bad.csv:3: TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq: this is not a Bitcoin address");
    expect(await labels("list", "--actor", "x")).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Labels +none .* version 1 /),
      stderr: "",
    });
    const builtin = (await labels("list", "--kind", "exchange")).stdout.trim().split("\n");
    expect(builtin.every((line) => line.includes(", built-in, https://"))).toBe(true);

    const imported = await labels("import", good, bad, "--skip-refused");
    expect(imported).toMatchObject({ code: 0, stderr: "" });
    expect(imported.stdout).toContain("now at version 2, from 2 files");
    expect(imported.stdout).toContain("2 added, 0 changed, 0 unchanged, 0 removed");
    expect((await labels("list", "--address", GENESIS)).stdout).toBe(
      `${GENESIS}  satoshi (person), valid from 2009-01-03, edited 2024-05-06, good.csv\n`,
    );
    expect((await labels("list", "--actor", "satoshi", "--valid-at", "2009-01-02")).stdout).toContain("none of these");
    expect((await labels("show", GENESIS, "--valid-at", "2009-01-03")).stdout).toMatch(
      /^1A1zP1\w+ belongs to satoshi \(person\)\n.* good\.csv, known here since \d{4}-\d\d-\d\d \(version 2\)\n$/,
    );
    expect((await labels("show", GENESIS, "--as-of", "1")).stderr).toContain("no label is known of");
    const shown = await labels("show", BINANCE);
    expect(shown.stdout).toContain(`${BINANCE} belongs to binance (exchange); 2 entities claim it`);

    const table = write("table.csv", (await labels("export", "--csv")).stdout);
    expect((await labels("import", table)).stdout).toContain("now at version 3");
    const before = (await labels("list", "--as-of", "1", "--json")).stdout.trim().split("\n");
    const after = (await labels("list", "--as-of", "2", "--json")).stdout.trim().split("\n");
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after).toHaveLength(before.length + 2);
    expect((await labels("check")).stdout).toContain("Version 3: 1 script or coinbase text is claimed");
    const later = await labels("list", "--as-of", "4");
    expect(later).toMatchObject({ code: 1, stderr: expect.stringContaining("There is no version 4 of the labels") });
  },
);

test.each<[string[], string]>([
  [["list", "--as-of", "soon"], '--as-of is "soon"'],
  [["list", "--valid-at", "2026-02-30"], '--valid-at is "2026-02-30", expected a day'],
  [["list", "--kind", "banana"], '--kind is "banana", expected one of exchange, pool'],
  [["show", "nobody"], "no label is known of nobody"],
  [["show", "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx"], "this is an address of testnet3, testnet4 or signet"],
  [["import", "/no/such/file.csv"], "/no/such/file.csv cannot be read"],
  [["import", "/no/such/built-in"], "the built-in labels are kept under the name built-in"],
])("labels %j ends with one sentence", async (args, sentence) => {
  const { labels } = await openLabels();
  const { code, stderr } = await labels(...args);
  expect(code).toBe(1);
  expect(stderr).toContain(sentence);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});

test.each([["list"], ["show", "binance"], ["export"], ["check"]])(
  "labels %s makes no data directory where no network is named",
  async (...args) => {
    const none = join(tmpdir(), "utxoiq-labels-none");
    const { code, stderr } = await runCommand("labels", ...args, "--data", none);
    expect(code).toBe(1);
    expect(stderr).toContain(`There is no data directory ${none}`);
    expect(existsSync(none)).toBe(false);
  },
);

test("a reader that is slow gets every line", SLOW, async () => {
  const { labels, write, where } = await openLabels();
  const scripts = Array.from({ length: 4_000 }, (_, index) => `51${index.toString(16).padStart(8, "0")}`);
  const table = write(
    "many.csv",
    ["script,actor,kind", ...scripts.map((script) => `${script},acme,service`)].join("\n"),
  );
  expect((await labels("import", table)).code).toBe(0);
  const listing = startProgram("labels", "list", "--actor", "acme", "--json", ...where);
  listing.process.stdout?.pause();
  // Longer than the program needs for the rest.
  await Promise.race([listing.ended, pause(4_000, new AbortController().signal)]);
  listing.process.stdout?.resume();
  expect(await listing.ended).toBe(0);
  expect(listing.stdout().trim().split("\n")).toHaveLength(scripts.length);
});

describeWithRealLabels("published label files", (real) => {
  test("their known faults are caught", SLOW, async () => {
    const { labels } = await openLabels();
    const refused = await labels("import", ...real.tagPacks);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/ofac\.yaml:1069: TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq: .* TRON/);
    const imported = await labels("import", ...real.tagPacks, "--skip-refused");
    expect(imported.stdout).toContain("2389 added");
    const rows = (await labels("list", "--json")).stdout.trim().split("\n");
    const stored = rows.map((row) => JSON.parse(row) as StoredLabel);
    expect(countAddresses(stored.filter(({ file }) => file !== "built-in"))).toEqual(readSummary(real));
    await labels("import", real.path("pools.json"));
    const { stdout } = await labels("check");
    expect(stdout).toContain("\n  F2Pool: f2pool\n");
    expect(stdout).not.toMatch(/F2Pool \(pool.*f2pool \(pool/);
    expect(stdout).toContain(
      "  AntPool (pool, built-in); antpoolcom (pool, miners_additional.yaml); AntPool (pool, pools.json): 1\n",
    );
    expect(stdout).toContain("  binance: exchange (12), pool (7)\n");
    expect(stdout).toContain('  coinw: "CoinJar.com" (1, walletexplorer.yaml)\n');
    expect(stdout).toMatch(/names are label texts[^\n]*\n[^\n]*, original/);
  });
});
