import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { createLogger } from "#lib";
import { countRows, getEventBounds, openDatabase } from "#store";
import { describeWithRealBlocks } from "../helpers/real-blocks.ts";
import { runCommand } from "../helpers/run-command.ts";
import { type Outcome, runProgram } from "../helpers/running-program.ts";
import { cloneDatabase } from "../helpers/database.ts";

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), "utxoiq-e2e-"));
  chmodSync(path, 0o755);
  return path;
}

describe("the command line", () => {
  test("helps, lists its settings, and refuses what it does not know", async () => {
    const help = await runProgram("--help");
    expect(help).toMatchObject({ code: 0, stderr: "" });
    for (const command of ["start", "ingest", "features", "config"]) expect(help.stdout).toContain(command);
    expect((await runCommand("config")).stdout).toContain("`--port <number>` | `UTXOIQ_PORT`, `PORT` | `3000`");
    const unknown = await runProgram("dance");
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toContain("unknown command 'dance'");
    expect(unknown.stderr).toContain("npm run utxoiq -- --help");
    expect((await runCommand("start", "simnet:2")).stderr).toContain("npm start -- --source");
  });

  test.each([
    [["start", "--port", "many"], '--port (or UTXOIQ_PORT, PORT) is "many", expected a whole number from 0 to 65535'],
    [["start", "--network", "testnet4"], "simulated network, seed 1 is on simnet, and --network"],
    [["start", "--source", "moon"], '"moon" is not a source'],
    [["start", "--data", "/dev/null/data"], "The data directory /dev/null/data cannot be used"],
    [["ingest", "--source", "dir:test", "--data", "/dev/null/data"], "test holds no blocks"],
    [["start", "--source", "dir:/no/such/place"], "/no/such/place: it does not exist"],
    [["snapshot", "import", "/no/such/file"], "cannot read /no/such/file: ENOENT"],
    [["snapshot", "import", "package.json"], "package.json: magic: is not that of a snapshot"],
    [["ingest"], "which blocks? Name a directory with --source dir:<path>"],
    [["features", "--source", "dir:/no/such/place"], "/no/such/place: it does not exist"],
    [["start", "--prices", "/no/such.csv"], "cannot read the price file /no/such.csv: it does not exist"],
    [["scorecard", "verify", "--network", "signet", "--data", "/no/such/data"], "There is no data directory /no/such"],
    [["features", "--prices", "package.json"], "package.json, line 2: no CSV: Invalid Closing Quote"],
  ])("%j ends with one sentence", async (args, sentence) => {
    const { code, stderr } = await runCommand(...args);
    expect(code).toBe(1);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  test("a busy port is named", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = String(typeof address === "object" ? address?.port : 0);
    const { code, stderr } = await runCommand("start", "--data", directory(), "--port", port);
    other.close();
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `utxoiq: port ${port} is in use by another program; choose another with --port or PORT\n`,
    });
  });
});

describeWithRealBlocks("real blocks", (real) => {
  test("features prints one JSON object per block and line, and nothing else", async () => {
    const { code, stdout, stderr } = await runCommand("features", "--source", `dir:${real.blocks}`, "--json");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const rows = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows.map(({ height }) => height)).toEqual(real.heights);
    for (const row of rows) {
      const file = join(real.expected, `${String(row["height"])}.json`);
      const expected = readJson(file);
      if (expected !== undefined) expect(row).toMatchObject(expected.getblockstats);
      expect(row["mediantime"]).toBeNull();
    }
  });

  test("features says when it prints the newest blocks of a chain alone", async () => {
    const source = `core-files:${join(real.blocks, "../coredir/genesis-0-599")}`;
    const { code, stdout, stderr } = await runCommand("features", "--source", source, "--history-blocks", "3");
    expect({ code, lines: stdout.trimEnd().split("\n").length }).toEqual({ code: 0, lines: 3 });
    expect(stdout).toMatch(/^597 \w+ 1 transaction, /);
    expect(stderr).toMatch(/Blocks\s+the newest 3; --history-blocks 1000000 prints all there are/);
  });

  test("ingest stores them once, and a bad block leaves nothing of itself", async () => {
    const { host, port, user, database } = await cloneDatabase();
    const url = `postgres://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`;
    const data = directory();
    const ingest = (blocks: string): Promise<Outcome> =>
      runCommand("ingest", "--source", `dir:${blocks}`, "--database-url", url, "--data", data);
    const first = await ingest(real.blocks);
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toContain("25 blocks");
    const counted = await count(url);
    // Three of the nine large transfers pass on what another of their block brought, and are told with it.
    expect(counted).toEqual({ blocks: 25, signals: 9, insights: 6, events: 6 });
    expect((await ingest(real.blocks)).code).toBe(0);
    expect(await count(url)).toEqual(counted);

    const bad = directory();
    copyFileSync(join(real.blocks, "757739.spent"), join(bad, "757739.spent"));
    writeFileSync(join(bad, "757739.block"), readFileSync(join(real.blocks, "757739.block")).subarray(0, 5_000));
    const refused = await ingest(bad);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/757739\.block: tx \d+ \/ .*, at byte \d+\n$/);
    expect(await count(url)).toEqual(counted);

    const simulated = await runCommand(
      "start",
      "--source",
      "simnet:1",
      "--database-url",
      url,
      "--data",
      data,
      "--roles",
      "ingest",
    );
    expect(simulated.code).toBe(1);
    expect(simulated.stderr).toContain("mainnet");
  });

  test("features and ingest value blocks in a currency, and tell once what a directory cannot say", async () => {
    const prices = join(real.blocks, "../series/btc_usd_daily_ohlc.csv");
    const source = ["--source", `dir:${real.blocks}`, "--prices", prices];
    const { code, stdout, stderr } = await runCommand("features", ...source, "--price-currency", "USDT", "--json");
    expect(code).toBe(0);
    expect(stderr.trimEnd().split("\n")).toEqual([
      expect.stringMatching(
        /^Prices +btc_usd_daily_ohlc [0-9a-f]{12}, USDT, 5,695 days from 2010-07-12 to 2026-02-12$/,
      ),
      `Prices      dir:${real.blocks} does not tell when coins were made, so what they cost, SOPR and the realised cap are null`,
    ]);
    type Row = { height: number; total_out: number; prices: Record<string, unknown> };
    const rows = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Row);
    const block = rows.find(({ height }) => height === 757_739);
    // 2022-10-08 closed at this price in the file.
    const close = Number(/^2022-10-08,.*,([\d.]+)$/m.exec(readFileSync(prices, "utf8"))?.[1]);
    expect(block?.prices).toMatchObject({ price: close, sopr: null, created_value: null, priced_share: 0 });
    expect(block?.prices["total_out_value"]).toBeCloseTo(((block?.total_out ?? 0) / 1e8) * close, 6);

    const { host, port, user, database } = await cloneDatabase();
    const url = `postgres://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`;
    const stored = await runCommand("ingest", ...source, "--database-url", url, "--data", directory());
    expect(stored).toMatchObject({ code: 0, stderr: "" });
    const db = await openDatabase({
      connection: { connectionString: url },
      name: "test",
      logger: createLogger(undefined, "silent"),
    });
    const priced = await db.selectFrom("block_price_features").select(["price", "series_name"]).execute();
    await db.destroy();
    expect(priced).toHaveLength(25);
    expect(priced).toContainEqual({ price: close, series_name: "btc_usd_daily_ohlc" });
  });

  test("an unusable data directory, and amounts that cannot be, end with one sentence", async () => {
    const unusable = await runCommand("ingest", "--source", `dir:${real.blocks}`, "--data", "/dev/null/data");
    expect(unusable).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^utxoiq: The data directory .* cannot be used[^\n]*\n$/),
    });
    const path = directory();
    const spent = readFileSync(join(real.blocks, "361582.spent"));
    copyFileSync(join(real.blocks, "361582.block"), join(path, "361582.block"));
    const tx1 = spent.indexOf(1, 2) + 1;
    spent.writeBigInt64LE(spent.readBigInt64LE(tx1) - 1n, tx1);
    writeFileSync(join(path, "361582.spent"), spent);
    const refused = await runCommand("features", "--source", `dir:${path}`, "--json");
    expect(refused).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/^utxoiq: \S*361582\.spent: [^\n]*, at byte \d+\n$/),
    });
  });

  test("a UTXO snapshot is imported and shown with what the node says of it; a damaged one is refused", async () => {
    const file = join(dirname(real.blocks), "regtest-node", "utxo.snapshot");
    const { host, port, user, database } = await cloneDatabase();
    const url = `postgres://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`;
    const where = ["--database-url", url, "--data", directory()];
    const imported = await runCommand("snapshot", "import", file, "--height", "322", ...where);
    expect(imported).toMatchObject({ code: 0, stderr: "" });
    expect(imported.stdout).toContain("txouts 12318, transactions 4280, total_amount 11487.50000000, bogosize 932169");
    const hash = "e080d3647c11d707f869617f0dd7c7ffa1b9484de41f9f3ba7fe1396972300a6";
    expect(imported.stdout).toContain(`hash_serialized_3 ${hash}`);
    const cut = join(directory(), "cut.snapshot");
    writeFileSync(cut, readFileSync(file).subarray(0, 300_000));
    expect(await runCommand("snapshot", "import", cut, ...where)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^utxoiq: \S*cut\.snapshot: coin \d+ \/ [^\n]*, at byte \d+\n$/),
    });
    const shown = await runCommand("snapshot", "show", "--json", ...where);
    expect(JSON.parse(shown.stdout)).toMatchObject({
      height: 322,
      coins: 12_318,
      total: 1_148_750_000_000,
      hash,
      scripts: [{ address: "bcrt1q00sw8wnxpc4y2zcht3kkyr5ku8yapx35dd9yp8", sats: 773_770_834_385 }],
    });
    expect((await runCommand("snapshot", "show", ...where)).stdout).toContain("1 with 1,000 BTC and more");
  });

  test("a block without spent outputs is printed with nulls and not stored", async () => {
    const path = directory();
    copyFileSync(join(real.blocks, "57043.block"), join(path, "57043.block"));
    const printed = await runCommand("features", "--source", `dir:${path}`, "--json");
    expect(JSON.parse(printed.stdout)).toMatchObject({
      height: 57_043,
      txs: 2,
      totalfee: null,
      feerate_percentiles: null,
    });
    const stored = await runCommand("ingest", "--source", `dir:${path}`, "--data", directory());
    expect(stored).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^utxoiq: nothing is stored: .*\.spent .*\n$/),
    });
    expect(stored.stdout).toContain("1 block without a .spent file: 57043");
  });
});

function readJson(file: string): { getblockstats: Record<string, unknown> } | undefined {
  if (!existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, "utf8")) as { getblockstats: Record<string, unknown> };
}

async function count(url: string): Promise<Record<string, number>> {
  const db = await openDatabase({
    connection: { connectionString: url },
    name: "test",
    logger: createLogger(undefined, "silent"),
  });
  const counts = { ...(await countRows(db)), events: (await getEventBounds(db)).last };
  await db.destroy();
  return counts;
}
