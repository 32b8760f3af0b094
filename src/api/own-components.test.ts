import { expect, test } from "vitest";
import { apiComponent, diskComponent, queueComponent } from "./own-components.ts";

test("the API is as well as its work is prompt", () => {
  expect(apiComponent({ answerMs: 3.2, waitMs: 25 })).toMatchObject({ state: "healthy", reason: null, latencyMs: 3.2 });
  expect(apiComponent({ answerMs: null, waitMs: 1_204.4 })).toMatchObject({
    state: "degraded",
    reason: "work waits up to 1204 ms for its turn",
    latencyMs: null,
  });
});

const QUEUE = { waiting: 3, active: 0, failed: 0, oldestWaitingSeconds: 59 };

test.each([
  [QUEUE, null],
  [{ ...QUEUE, oldestWaitingSeconds: 61 }, "no process takes jobs: the oldest waits for 61 s"],
  [{ ...QUEUE, oldestWaitingSeconds: 5_000, active: 1 }, null],
  [{ ...QUEUE, waiting: 0, oldestWaitingSeconds: null }, null],
  [{ ...QUEUE, failed: 1 }, "1 job has failed for good"],
  [{ ...QUEUE, failed: 2, active: 1 }, "2 jobs have failed for good"],
])("the queue of %o is in trouble for %s", (queue, reason) => {
  expect(queueComponent({ queue, tookMs: 2 })).toMatchObject({
    state: reason === null ? "healthy" : "degraded",
    reason,
    latencyMs: 2,
  });
});

const use = (name: "data" | "backups", freeBytes: number, totalBytes = 1e12) => {
  return { name, freeBytes, totalBytes, usedBytes: 5 };
};

test.each([
  [[use("data", 9e11)], "healthy", null],
  // A tenth of a large disk, and most of a small one.
  [[use("data", 5e10)], "healthy", null],
  [[use("data", 2e9, 4e9)], "healthy", null],
  [[use("data", 9e11), use("backups", 9e9)], "degraded", "9.0 GB are left on the disk of backups"],
  [[use("data", 9e7, 9e9)], "down", "0.1 GB are left on the disk of the data directory"],
  [[], "degraded", "no directory is there"],
] as const)("disks of %o are %s", (uses, state, reason) => {
  const at = new Date("2031-01-14T14:02:10Z");
  expect(diskComponent({ at, tookMs: 3, uses, failure: null })).toMatchObject({
    state,
    reason,
    checkedAt: at.toISOString(),
  });
});

test("what cannot be measured is told", () => {
  const measured = {
    at: new Date(),
    tookMs: 3,
    uses: [use("data", 9e11)],
    failure: "backups cannot be measured (EACCES)",
  };
  expect(diskComponent(measured)).toMatchObject({ state: "degraded", reason: measured.failure });
});
