import { beforeAll, expect, test } from "vitest";
import type { MonitoringStatus } from "#contract";
import { chooseLocale } from "../format/locale.ts";
import { describeWork } from "./describe-work.ts";

beforeAll(() => chooseLocale("en-GB"));

const KNOWN = {
  processing: {
    since: "2031-01-14T14:02:10.000Z",
    blocks: 144,
    blocksPerSecond: 0.001_666,
    p50Ms: 8.42,
    p95Ms: 41.2,
    sourceLag: { blocks: 140, p50Ms: 212.4, p95Ms: 12_300 },
  },
  queue: { waiting: 3, active: 1, failed: 0, oldestWaitingSeconds: 90 },
  disk: [
    { name: "data", usedBytes: 4.21e9, freeBytes: 1.5e12, totalBytes: 2e12 },
    { name: "backups", usedBytes: 31e6, freeBytes: 9e8, totalBytes: 2e9 },
  ],
} satisfies Partial<MonitoringStatus>;

const told = (status: Partial<MonitoringStatus>) =>
  describeWork({ processing: null, queue: null, disk: null, retention: null, ...status } as MonitoringStatus).map(
    ({ name, value, note }) => `${name}: ${value} (${note})`,
  );

test("blocks, queue and disks are told with what lies behind each figure", () => {
  expect(told(KNOWN)).toEqual([
    "Source to stored, median: 212 ms (95 of 100 within 12 s)",
    "A block takes, median: 8.4 ms (95 of 100 within 41 ms)",
    "Blocks of 24 h: 144 (0.0017 blocks/s)",
    "Waiting jobs: 3 (1 at work, 0 failed, the oldest for 1 min)",
    "Data directory: 4.2 GB (1.5 TB free of 2.0 TB)",
    "Backups: 31 MB (900 MB free of 2.0 GB)",
  ]);
});

test("what was removed as too old is told, and of what that failed", () => {
  const run = { keptDays: 30, ranAt: "2031-01-14T14:02:10.000Z", nextAt: null, removed: 0, failure: null };
  const retention = [
    { ...run, family: "commands", removedTotal: 3 },
    { ...run, family: "systemMetrics", removedTotal: 40 },
  ];
  expect(told({ retention }).at(-1)).toBe("Removed as too old: 43 (of 2 kinds)");
  const failing = retention.map((each) => ({ ...each, failure: each.family === "commands" ? "no disk" : null }));
  expect(told({ retention: failing }).at(-1)).toBe("Removed as too old: 43 (failed of commands)");
});

test("what is not known is not told, and that no block came is", () => {
  expect(told({})).toEqual(["Blocks: – (none was stored in the last 24 h)"]);
  const processing = { ...KNOWN.processing, sourceLag: { blocks: 0, p50Ms: null, p95Ms: null } };
  expect(told({ processing })[0]).toBe("Source to stored, median: – (no block was told of yet)");
});
