import { expect, test } from "vitest";
import { openTestDatabase } from "../../../test/helpers/database.ts";
import { readHeartbeats, writeHeartbeat } from "./heartbeats.ts";
import type { IngestState } from "./ingest-state.ts";

const { db } = await openTestDatabase();

test("a role's last word is kept, with its process and the time", async () => {
  expect(await readHeartbeats(db)).toEqual([]);
  const state: IngestState = {
    source: "simnet:42",
    sourceKind: "chain" as const,
    sourceDescription: "simulated network",
    sourceHealth: { state: "healthy", reason: null },
    quiet: [{ reason: "reorg", since: 1_700_000_000, detail: "1 block left the chain" }],
    mempool: null,
    model: null,
    missingForecasts: [],
    chainTime: 1_700_000_000.5,
    tipHeight: 7,
    backfill: null,
  };
  await writeHeartbeat(db, "ingest", state);
  const [first] = await readHeartbeats(db);
  const backfill = { blocksDone: 1, blocksTotal: 2, blocksPerSecond: 312.5, etaSeconds: null };
  await writeHeartbeat(db, "ingest", { ...state, tipHeight: null, backfill });
  const beats = await readHeartbeats(db);
  expect(beats).toHaveLength(1);
  expect(beats[0]).toMatchObject({ role: "ingest", state: { ...state, tipHeight: null, backfill } });
  expect(beats[0]?.instance).toContain(`:${process.pid}`);
  expect(beats[0]?.at.getTime()).toBeGreaterThan(first?.at.getTime() ?? Number.NaN);
  expect(Math.abs(Date.now() - (beats[0]?.at.getTime() ?? 0))).toBeLessThan(10_000);
});
