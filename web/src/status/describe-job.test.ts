import { expect, test } from "vitest";
import type { BackfillJob } from "#contract";
import { describeProgress, describeTrouble, percentOf } from "./describe-job.ts";

const JOB: BackfillJob = {
  id: 1,
  fromHeight: 100,
  toHeight: 1_099,
  only: null,
  status: "running",
  part: "features",
  askedBy: "somebody",
  createdAt: "2031-01-14T14:02:10.000Z",
  startedAt: "2031-01-14T14:02:11.000Z",
  finishedAt: null,
  blocksTotal: 1_000,
  blocksDone: 999,
  blocksLeft: 1,
  percent: 99.9,
  currentHeight: 1_098,
  blocksPerSecond: 12.4,
  etaSeconds: 65,
  workers: 2,
  errorCount: 0,
  parkedCount: 0,
  failure: null,
};

test.each<[Partial<BackfillJob>, string]>([
  [{}, "Reading blocks: 999 of 1,000 blocks · 12 blocks/s · 1 min left"],
  [{ part: "signals", blocksPerSecond: null, etaSeconds: null }, "Finding signals: 999 of 1,000 blocks"],
  [{ status: "queued" }, "waits for a worker"],
  [{ blocksTotal: null }, "waits for a worker"],
  [{ status: "done" }, "1,000 blocks"],
])("a job that is %o reads %s", (change, text) => {
  expect(describeProgress({ ...JOB, ...change }).replaceAll(/[.,\u202f\u00a0](?=\d{3})/g, ",")).toBe(text);
});

test("a hundred percent is the end alone", () => {
  expect(percentOf(JOB)).toBe(99);
  expect(percentOf({ status: "queued", percent: null })).toBe(0);
  expect(percentOf({ status: "done", percent: 99.9 })).toBe(100);
});

test("trouble is told where there is any", () => {
  expect(describeTrouble(JOB)).toBeUndefined();
  expect(describeTrouble({ ...JOB, errorCount: 1 })).toBe("1 attempt failed and went on");
  expect(describeTrouble({ ...JOB, errorCount: 3, parkedCount: 1 })).toBe("3 attempts failed, 1 blocks are left out");
  const failure = { code: "CHAIN_PRUNED", message: "pruned below 700000" };
  expect(describeTrouble({ ...JOB, failure })).toBe("pruned below 700000");
});
