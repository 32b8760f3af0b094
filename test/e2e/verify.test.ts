import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { openSource, parseSourceSpec } from "#chain";
import { chainOf, followChain } from "#ingest";
import { type InsightBundle, writeBundle } from "#insights";
import { createLogger } from "#lib";
import { claimChain, type Database, findBundle, listInsights } from "#store";
import { openTestDatabase } from "../helpers/database.ts";
import { runCommand } from "../helpers/run-command.ts";
import type { Outcome } from "../helpers/running-program.ts";

const SEED = "simnet:11";
const BLOCKS = 300;

const folder = mkdtempSync(join(tmpdir(), "utxoiq-verify-"));
const { db, connection } = await openTestDatabase();
const { host, port, user, database } = connection as Record<string, string | number>;
const url = `postgres://${user}@/${database}?host=${encodeURIComponent(String(host))}&port=${port}`;
const STORE = ["--database-url", url, "--network", "simnet", "--log-level", "silent"];

/** Follows the simulated network to where its tip is at first. */
async function fill(into: Database): Promise<void> {
  const options = { network: "simnet", pace: 1, historyBlocks: BLOCKS, finality: 100 } as const;
  const rest = { requestsPerSecond: 1, allowBackfill: false, snapshotDir: join(folder, "simnet") };
  const source = await openSource(parseSourceSpec(SEED), { ...options, ...rest });
  if (source.kind !== "chain") throw new Error("a simulated network is a chain");
  await claimChain(into, chainOf(source));
  const stop = new AbortController();
  const onStored = (newest: { height: number }, tip: number): void => void (newest.height >= tip && stop.abort());
  const logger = createLogger(undefined, "silent");
  await followChain({ source, db: into, held: [], onStored, logger, signal: stop.signal });
  await source.close();
}

let bundle: InsightBundle;
let ids: string[];
const file = join(folder, "bundle.json");

function verify(...args: readonly string[]): Promise<Outcome> {
  return runCommand("verify", ...args);
}

function writeChanged(name: string, change: (text: string) => string): string {
  const text = readFileSync(file, "utf8");
  const changed = change(text);
  expect(changed).not.toBe(text);
  writeFileSync(join(folder, name), changed);
  return join(folder, name);
}

beforeAll(async () => {
  await fill(db);
  const insights = await listInsights(db, { limit: 200 });
  // Of each kind the newest.
  ids = [...new Map(insights.toReversed().map(({ kind, id }) => [kind, id])).values()];
  const found = await findBundle(db, insights[0]?.id ?? "");
  if (found?.found !== "bundle") throw new Error("there is an insight");
  bundle = found.bundle;
  writeFileSync(file, writeBundle(bundle));
}, 60_000);

describe("utxoiq verify", () => {
  test("says identical of the newest insight of each kind that the chain told so far, by what is stored", async () => {
    expect(ids.length).toBeGreaterThan(0);
    for (const id of ids) {
      const { code, stdout } = await verify(id, ...STORE, "--json");
      expect(JSON.parse(stdout)).toMatchObject({ insight: id, verdict: "identical", differences: [], changed: [] });
      expect(code).toBe(0);
    }
  });

  test("computes the rows from blocks, too: of the same source, and of files of a node elsewhere", async () => {
    const { id, height } = bundle.insight;
    const same = await verify(id, ...STORE, "--source", SEED, "--data", folder, "--blocks", "--json");
    const blocks = { other_rows: [], differences: [] };
    expect(JSON.parse(same.stdout)).toMatchObject({ verdict: "identical", rows: height + 1, blocks });
    const files = join(folder, "files");
    const to = ["--source", SEED, "--blocks", String(BLOCKS + 1), "--to", files, "--format", "core-files"];
    expect((await runCommand("simnet", "export", ...to)).code).toBe(0);
    const elsewhere = await verify(
      "--file",
      file,
      "--blocks",
      "--source",
      `core-files:${files}`,
      "--data",
      folder,
      "--json",
    );
    expect(JSON.parse(elsewhere.stdout)).toMatchObject({ verdict: "identical", blocks });
  }, 60_000);

  test("tells a person what was checked, and fails where a digit was changed, naming the block", async () => {
    const { stdout, code } = await verify("--file", file);
    expect(stdout).toMatch(/Verdict +identical: it follows from these rows/);
    expect(code).toBe(0);
    const wrong = writeChanged("row.json", (text) => text.replace(/("height":120,.*?"total_out":\d+)\d/, "$17"));
    const changed = await verify("--file", wrong);
    expect(changed.stdout).toMatch(/Changed +the row of block 120: /);
    expect(changed.stdout).toMatch(/Verdict +differs/);
    expect(changed).toMatchObject({ code: 1, stderr: expect.stringContaining("does not follow from its bundle") });
  });

  test("a row that was changed with its digest is found by the blocks, and no data directory is made for it", async () => {
    const none = join(folder, "none");
    const wrong = writeChanged("row.json", (text) => text.replace(/("height":120,.*?"total_out":\d+)\d/, "$17"));
    const { stdout, code } = await verify("--file", wrong, "--blocks", "--source", SEED, "--data", none, "--json");
    expect(existsSync(none)).toBe(false);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      blocks: { other_rows: [{ height: 120, fields: [{ path: "features.total_out" }] }] },
    });
  });

  test.each([
    ["an id that is not there", ["0".repeat(32), ...STORE], /There is no insight 0{32}/],
    ["nothing", STORE, /Which insight\?/],
    ["no file", ["--file", join(folder, "none.json")], /cannot be read/],
    ["a file of another insight", ["0".repeat(32), "--file", file], /it is of insight [0-9a-f]{32}/],
    [
      "a source of another chain",
      ["--file", file, "--blocks", "--source", "simnet:12", "--data", folder],
      /the bundle is of simnet \(simnet:11:.*simnet:12 is on simnet/,
    ],
  ])("of %s it says what is wrong", async (_, args, words) => {
    const { code, stderr } = await verify(...args);
    expect(stderr).toMatch(words);
    expect(code).toBe(1);
  });

  test("of a file that was cut off it says that it ends", async () => {
    const { stderr } = await verify(
      "--file",
      writeChanged("cut.json", (text) => text.slice(0, 5_000)),
    );
    expect(stderr).toMatch(/is no bundle to check by: it is not JSON .*ends before it is whole/);
  });
});
