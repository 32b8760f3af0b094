import { beforeAll, describe, expect, test } from "vitest";
import { METRICS } from "#features";
import { openTestDatabase } from "../../../test/helpers/database.ts";
import { storedBlock, storedChain } from "../../../test/helpers/stored-blocks.ts";
import { saveBlocks } from "../blocks/save-blocks.ts";
import type { Database } from "../database/schema.ts";
import { listEntityTotals } from "./entity-totals.ts";
import { listPoolShares } from "./pool-shares.ts";
import { readBlockSeries, readCoverage, readRolledSeries } from "./read-series.ts";
import { countStale, refreshRollups } from "./refresh-rollups.ts";

const EVER = { from: -(2 ** 40), to: 2 ** 40, limit: 10_000 };

function metric(name: string) {
  const found = METRICS.get(name);
  if (found === undefined) throw new Error(`no metric ${name}`);
  return found;
}

async function refreshAll(db: Database): Promise<void> {
  while ((await refreshRollups(db)) > 0);
}

/** What an hour or a day says follows from its blocks: computed here from the blocks one by one. */
async function expected(db: Database, name: string, seconds: number) {
  const points = await readBlockSeries(db, metric(name), EVER);
  const spans = Map.groupBy(points, ({ time }) => Math.floor(time / seconds) * seconds);
  return [...spans]
    .map(([time, list]) => {
      const values = list.map(({ value }) => value).toSorted((a, b) => a - b);
      const middle = values.length / 2;
      const median = ((values[Math.ceil(middle) - 1] ?? 0) + (values[Math.floor(middle)] ?? 0)) / 2;
      const sum = values.reduce((total, value) => total + value, 0);
      return { time, n: values.length, sum, mean: sum / values.length, min: values[0], max: values.at(-1), median };
    })
    .toSorted((a, b) => a.time - b.time);
}

async function rolled(db: Database, name: string, resolution: "hour" | "day") {
  const read = (aggregate: "sum" | "mean" | "min" | "max" | "median") =>
    readRolledSeries(db, metric(name), { ...EVER, resolution, aggregate });
  const [sum, mean, min, max, median] = await Promise.all((["sum", "mean", "min", "max", "median"] as const).map(read));
  return (sum ?? []).map(({ time, n, value }, at) => ({
    time,
    n,
    sum: value,
    mean: mean?.[at]?.value,
    min: min?.[at]?.value,
    max: max?.[at]?.value,
    median: median?.[at]?.value,
  }));
}

const NAMES = ["totalfee", "feerate_p50", "output_types.p2tr", "weight", "exchange_netflow", "label_coverage"] as const;

describe("hours and days", () => {
  let db: Database;
  beforeAll(async () => {
    ({ db } = await openTestDatabase());
    await saveBlocks(db, storedChain(200));
    await refreshAll(db);
  });

  test.each(NAMES)("say of %s what their blocks say", async (name) => {
    for (const [resolution, seconds] of [
      ["hour", 3_600],
      ["day", 86_400],
    ] as const) {
      const points = await rolled(db, name, resolution);
      expect(points.length).toBeGreaterThan(0);
      expect(points).toEqual(await expected(db, name, seconds));
    }
  });

  test("are computed anew where a reorg changed their blocks, and nowhere else", async () => {
    expect(await countStale(db)).toBe(0);
    const [tip, below] = [storedBlock(199), storedBlock(198)];
    const rivals = [
      storedBlock(198, { branch: "rival", parent: "main" }),
      ...[199, 200].map((height) => storedBlock(height, { branch: "rival" })),
    ].map((block) => ({ ...block, features: { ...block.features, totalfee: 7 } }));
    await saveBlocks(db, rivals, [tip.header, below.header]);
    const stale = await countStale(db);
    expect(stale).toBeGreaterThan(0);
    expect(stale).toBeLessThan(6);
    await refreshAll(db);
    expect(await rolled(db, "totalfee", "hour")).toEqual(await expected(db, "totalfee", 3_600));
  });

  test("have no row where no block is left", async () => {
    const { db: emptied } = await openTestDatabase();
    const only = storedBlock(0);
    await saveBlocks(emptied, [only]);
    await refreshAll(emptied);
    expect(await rolled(emptied, "txs", "day")).toHaveLength(1);
    const rival = storedBlock(0, { branch: "rival" });
    const later = { ...rival, header: { ...rival.header, time: only.header.time + 90_000 } };
    await saveBlocks(emptied, [later], [only.header]);
    await refreshAll(emptied);
    const points = await rolled(emptied, "txs", "day");
    expect(points).toHaveLength(1);
    expect(points[0]?.time).toBe(Math.floor(later.header.time / 86_400) * 86_400);
  });

  test("know how many of their blocks have a value", async () => {
    const coverage = await readCoverage(db, EVER);
    expect(coverage.get("weight")).toBe(201);
    expect(coverage.get("label_coverage")).toBe(201);
  });

  test("add up what entities received and spent", async () => {
    const totals = await listEntityTotals(db, EVER);
    expect(totals).toMatchObject([{ actor: "example", kind: "exchange", inflow: 0 }]);
    const { rows } = { rows: await db.selectFrom("entity_flows").select("outflow").execute() };
    expect(totals[0]?.outflow).toBe(rows.reduce((sum, { outflow }) => sum + outflow, 0));
  });

  test("blocks of a set belong to no hour", async () => {
    const { db: set } = await openTestDatabase();
    await saveBlocks(set, [storedBlock(7, { connected: false })]);
    expect(await countStale(set)).toBe(0);
  });
});

test("who mined is told alike before and after days are rolled up, whatever is stored meanwhile", async () => {
  const { db } = await openTestDatabase();
  const chain = storedChain(500);
  await saveBlocks(db, chain.slice(0, 400));
  // From and to within days, with two whole ones between.
  const at = (height: number): number => chain[height]?.header.time ?? 0;
  const span = { from: at(40), to: at(480) };
  const before = await listPoolShares(db, span);
  expect(before).toEqual([
    { pool: "Example pool", blocks: 180, fees: 900_000, emptyBlocks: 0 },
    { pool: null, blocks: 180, fees: 900_000, emptyBlocks: 0 },
  ]);
  await refreshAll(db);
  expect(await listPoolShares(db, span)).toEqual(before);
  await saveBlocks(db, chain.slice(400));
  expect((await listPoolShares(db, span)).map(({ blocks }) => blocks)).toEqual([220, 220]);
  expect((await listPoolShares(db, { from: at(10), to: at(12) })).map(({ blocks }) => blocks)).toEqual([1, 1]);
});
