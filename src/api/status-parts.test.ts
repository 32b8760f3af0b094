import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { monitoringStatus } from "#contract";
import { DurationCounter } from "#lib";
import { measures } from "#store";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { runTestApi } from "../../test/helpers/running-api.ts";

const database = await openTestDatabase();
const dataDir = mkdtempSync(join(tmpdir(), "utxoiq-status-"));
writeFileSync(join(dataDir, "file"), Buffer.alloc(100_000, 1));
const api = runTestApi(database, {
  directories: [
    { name: "data", paths: [dataDir] },
    { name: "log", paths: [join(dataDir, "not there yet")] },
  ],
});

async function readStatus() {
  return monitoringStatus.parse(await (await fetch(`${api.url}/api/v1/monitoring/status`)).json());
}

test("the status tells what was measured: disks, blocks and how late they came, and the API itself", async () => {
  const before = await readStatus();
  expect(before).toMatchObject({ processing: null, queue: null });
  expect(before.disk?.map(({ name }) => name)).toEqual(["data"]);
  expect(before.disk?.[0]?.usedBytes).toBeGreaterThanOrEqual(100_000);
  expect(JSON.stringify(before)).not.toContain(dataDir);

  const counted = (ms: number, times: number) => {
    const counter = new DurationCounter();
    counter.add(ms, times);
    return counter.take();
  };
  await measures.saveProcessing(database.db, { processing: counted(20, 3), lag: counted(250, 2) });
  await expect.poll(async () => (await readStatus()).processing?.blocks).toBe(3);
  const { processing, components } = await readStatus();
  expect(processing?.sourceLag.blocks).toBe(2);
  expect(processing?.blocksPerSecond).toBeGreaterThan(0);
  const latencyOf = (name: string) => components.find((component) => component.name === name)?.latencyMs;
  expect(latencyOf("ingest")).toBe(processing?.p50Ms);
  expect(latencyOf("source")).toBe(processing?.sourceLag.p50Ms);
  // Answered before, so timed.
  expect(latencyOf("api")).toBeGreaterThan(0);
});
