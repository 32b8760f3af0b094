import { expect, test } from "vitest";
import { createLogger } from "#lib";
import { measures } from "#store";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { ProcessingRecorder } from "./processing-recorder.ts";

const { db } = await openTestDatabase();
const logger = createLogger(undefined, "silent");

test("how long blocks took is stored while it goes on, and the last of it at the end", async () => {
  const recorder = new ProcessingRecorder();
  const stop = new AbortController();
  const blocks = async () => (await measures.readProcessing(db))?.processing.blocks ?? 0;
  recorder.take([{ processingMs: 4, lagMs: null }]);
  const keeping = recorder.keep({ db, logger, signal: stop.signal, everyMs: 20 });
  await expect.poll(blocks).toBe(1);
  recorder.take([
    { processingMs: 4, lagMs: 90 },
    { processingMs: 5, lagMs: null },
  ]);
  await expect.poll(blocks).toBe(3);
  stop.abort();
  recorder.take([{ processingMs: 4, lagMs: 80 }]);
  await keeping;
  const told = await measures.readProcessing(db);
  expect([told?.processing.blocks, told?.lag.blocks]).toEqual([4, 2]);
});
