import { describe, expect, test } from "vitest";
import { DurationCounter, type Durations } from "#lib";
import { storedBlock, storedChain } from "../../../test/helpers/stored-blocks.ts";
import { openTestDatabase, query } from "../../../test/helpers/database.ts";
import { claimChain } from "../blocks/index.ts";
import { saveBlocks } from "../blocks/save-blocks.ts";
import { removeOld } from "./remove-old.ts";
import { readInsightMetrics, readSignalMetrics } from "./processing-metrics.ts";
import { readProcessing, saveProcessing } from "./processing.ts";
import { readSystemMetrics, rollUpSystemMetrics, saveSystemSample, type SystemSample } from "./system-metrics.ts";

const { db } = await openTestDatabase();
const { signal } = new AbortController();

function durationsOf(durations: readonly number[]): Durations {
  const counter = new DurationCounter();
  for (const duration of durations) counter.add(duration);
  return counter.take();
}

const SAMPLE: SystemSample = {
  instance: "here:1",
  rssBytes: 200,
  heapBytes: 100,
  cpuShare: 0.5,
  loopDelayP99Ms: 20,
  databaseMs: 1,
  requests: durationsOf([1, 1, 1, 1, 1, 1, 1, 1, 2, 3]),
  streamClients: 2,
  eventLagMs: null,
};

describe("what the program measures", () => {
  test("is told minute by minute, percentiles of all requests and the mean of the rest", async () => {
    await saveSystemSample(db, SAMPLE);
    await saveSystemSample(db, { ...SAMPLE, rssBytes: 400, requests: new Map() });
    await saveSystemSample(db, { ...SAMPLE, requests: durationsOf([50]), eventLagMs: 40 });
    await query(
      db,
      "UPDATE system_metrics SET at = date_trunc('minute', now()) - interval '2 min' + (requests || ' s')::interval",
    );
    const [point, ...others] = await readSystemMetrics(db, { hours: 1, stepSeconds: 60 });
    expect(others).toEqual([]);
    expect(point).toMatchObject({
      samples: 3,
      requests: 11,
      streamClients: 2,
      eventLagMs: 40,
    });
    // One slow answer of eleven is none of the fast half, and no more than the slowest of all.
    expect(Math.abs((point?.requestP50Ms ?? 0) - 1)).toBeLessThan(0.05);
    expect(Math.abs((point?.requestP99Ms ?? 0) / 50 - 1)).toBeLessThan(0.05);
    expect(point?.rssBytes).toBeCloseTo(800 / 3);
    expect(point?.databaseBytes).toBeGreaterThan(1_000_000);
  });

  test("goes when it is old, in steps, and nothing else with it", async () => {
    await query(
      db,
      `INSERT INTO system_metrics SELECT now() - make_interval(days => 40, secs => n), 'old', 1, 1, 1, 1, 1, 1, 0, 0
       FROM generate_series(1, 4500) AS n`,
    );
    expect(await removeOld(db, { family: "systemMetrics", days: 30, signal })).toBe(4_500);
    expect(await removeOld(db, { family: "systemMetrics", days: 30, signal })).toBe(0);
    expect(await query(db, "SELECT count(*)::integer AS left FROM system_metrics")).toEqual([{ left: 3 }]);
  });

  test("is kept by hours for longer, and told the same before and after its samples have gone", async () => {
    await query(
      db,
      `INSERT INTO system_metrics
       SELECT date_trunc('hour', now()) - make_interval(hours => 50) + n * interval '30 min', 'here:' || n % 2, n, 1, 1, n, 1, 1, n, 1, n, ARRAY[n], ARRAY[n]
       FROM generate_series(1, 8) AS n`,
    );
    const read = () => readSystemMetrics(db, { hours: 72, stepSeconds: 3_600 });
    const before = await read();
    expect(before.slice(0, 2)).toMatchObject([
      { samples: 1, rssBytes: 1, requests: 1 },
      { samples: 2, rssBytes: 2.5, requests: 5, eventLagMs: 3 },
    ]);
    // Of two requests that took about 0.012 ms, and three of about 0.013 ms, half were done within the latter.
    expect(before[1]?.requestP50Ms).toBeCloseTo(0.01 * 2 ** (2.5 / 8));
    await rollUpSystemMetrics(db);
    await rollUpSystemMetrics(db);
    expect(await read()).toEqual(before);
    await removeOld(db, { family: "systemMetrics", days: 1, signal });
    expect(
      await query(db, "SELECT count(*)::integer AS left FROM system_metrics WHERE at < now() - interval '1 day'"),
    ).toEqual([{ left: 0 }]);
    expect(await read()).toEqual(before);
    expect(await removeOld(db, { family: "systemMetricHours", days: 1, signal })).toBe(5);
    expect(await read()).toEqual(before.slice(5));
  });

  test("of backfills those go that have ended long ago, with all of theirs", async () => {
    await query(
      db,
      "INSERT INTO backfill_jobs (from_height, to_height, status, asked_by, finished_at) VALUES (0, 1, 'done', 'x', now() - interval '40 days'), (0, 1, 'done', 'x', now()), (0, 1, 'paused', 'x', NULL)",
    );
    await query(
      db,
      "INSERT INTO backfill_ranges (job_id, first_height, last_height, next_height) SELECT id, 0, 1, 2 FROM backfill_jobs",
    );
    await query(
      db,
      "INSERT INTO backfill_errors (job_id, parked, code, message) SELECT id, false, 'X', 'x' FROM backfill_jobs",
    );
    expect(await removeOld(db, { family: "backfillJobs", days: 30, signal })).toBe(3);
    for (const table of ["backfill_jobs", "backfill_ranges", "backfill_errors"]) {
      expect(await query(db, `SELECT count(*)::integer AS left FROM ${table}`)).toEqual([{ left: 2 }]);
    }
  });
});

describe("how long blocks take", () => {
  test("is told of the last 24 hours, all samples together", async () => {
    expect(await readProcessing(db)).toBeUndefined();
    const save = (processing: readonly number[], lag: readonly number[]) =>
      saveProcessing(db, { processing: durationsOf(processing), lag: durationsOf(lag) });
    await save([], []);
    expect(await readProcessing(db)).toBeUndefined();
    await save([10, 10, 10], []);
    await save([400], [1_000]);
    const told = await readProcessing(db);
    expect(told).toMatchObject({ processing: { blocks: 4 }, lag: { blocks: 1 } });
    const near = (value: number | null | undefined, wanted: number) =>
      expect(Math.abs((value ?? 0) / wanted - 1)).toBeLessThan(0.05);
    near(told?.processing.p50Ms, 10);
    near(told?.processing.p95Ms, 400);
    near(told?.lag.p50Ms, 1_000);
    expect(Date.now() - (told?.since.getTime() ?? 0)).toBeLessThan(60_000);
  });

  test("counts nothing older, and goes when it is old", async () => {
    await query(db, "UPDATE block_processing SET at = now() - interval '30 hours' WHERE blocks = 3");
    const told = await readProcessing(db);
    expect(told?.processing.blocks).toBe(1);
    expect(Math.abs(Date.now() - (told?.since.getTime() ?? 0) - 86_400_000)).toBeLessThan(60_000);
    expect(await removeOld(db, { family: "blockProcessing", days: 1, signal })).toBe(1);
  });
});

test("signals and insights are counted by the time of their blocks", async () => {
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  await saveBlocks(db, storedChain(30));
  const signals = await readSignalMetrics(db, { days: 30, resolution: "day" });
  const [{ count }] = (await query(db, "SELECT count(*)::integer AS count FROM signals")) as [{ count: number }];
  expect(signals.reduce((sum, point) => sum + point.count, 0)).toBe(count);
  expect(new Set(signals.map(({ kind, category }) => `${kind}: ${category}`))).toContain("large-transfer: whale");
  const insights = await readInsightMetrics(db, { days: 30, resolution: "hour" });
  const [told] = (await query(db, "SELECT count(*)::integer AS count FROM current_insights")) as [{ count: number }];
  expect(insights.reduce((sum, point) => sum + point.count, 0)).toBe(told.count);
  expect(told.count).toBeGreaterThan(0);
  // Days are those before the newest block, whether anything was found in it or not.
  const quiet = { ...storedBlock(30), signals: [], insights: [] };
  const header = { ...quiet.header, time: quiet.header.time + 20 * 86_400 };
  await saveBlocks(db, [{ ...quiet, header }]);
  for (const read of [readInsightMetrics, readSignalMetrics]) {
    expect(await read(db, { days: 19, resolution: "day" })).toEqual([]);
    expect((await read(db, { days: 21, resolution: "day" })).length).toBeGreaterThan(0);
  }
});
