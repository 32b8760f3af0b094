import { expect, test } from "vitest";
import { TaskThreads } from "./task-threads.ts";

test("a task that nobody waits for any more is not begun", async () => {
  const connection = { host: "/nowhere", port: 1, user: "nobody", database: "none" };
  const spec = { kind: "core-files", path: "/nowhere" } as const;
  const sourceOptions = {
    historyBlocks: 1,
    finality: 100,
    network: "regtest",
    pace: 1,
    requestsPerSecond: 1,
    allowBackfill: false,
    snapshotDir: "",
  } as const;
  const threads = new TaskThreads({ connection, reader: { spec, sourceOptions, worker: "test:1" } });
  const reason = new Error("given to another");
  // With a thread it would fail for its database.
  await expect(threads.run({ jobId: 1, rangeId: 1 }, AbortSignal.abort(reason))).rejects.toBe(reason);
  await threads.close();
});
