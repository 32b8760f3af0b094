import { expect, test } from "vitest";
import type { BackfillJob } from "#contract";
import { listHappenings } from "./list-happenings.ts";

const BLOCK = { height: 7, hash: "aa", time: "2031-01-01T00:00:00.000Z", txs: 2, medianFeeRate: null, pool: null };

test("changes come first, then backfills by time, then blocks", () => {
  const jobs = [
    {
      id: 2,
      fromHeight: 0,
      toHeight: 9,
      status: "done",
      createdAt: "2026-01-02T00:00:00Z",
      finishedAt: "2026-01-04T00:00:00Z",
    },
    { id: 1, fromHeight: 5, toHeight: 6, status: "paused", createdAt: "2026-01-03T00:00:00Z", finishedAt: null },
  ] as unknown as readonly BackfillJob[];
  const changes = [{ key: "x", time: "2026-01-05T00:00:00Z", text: "Source: healthy" }];
  const texts = listHappenings({ blocks: [BLOCK], jobs, changes }).map(({ text }) => text);
  expect(texts).toEqual([
    "Source: healthy",
    "Backfill 2 done: blocks 0 to 9",
    "Backfill 1 asked for: blocks 5 to 6",
    "Backfill 2 asked for: blocks 0 to 9",
    "Block 7 connected: 2 transactions, mined by an unknown pool",
  ]);
});
