import { expect, test } from "vitest";
import type { BackfillJob, StoredEvent } from "#contract";
import { logEvents } from "../live/event-log.ts";
import { listHappenings } from "./list-happenings.ts";

const block = (id: number, type: string, at: string) =>
  ({
    id,
    type,
    at,
    data: { height: 7_000, hash: "aa", time: at, txs: 2, medianFeeRate: null, pool: null },
  }) as StoredEvent;
const insight = (id: number, type: string, at: string, statusReason: string | null = null) =>
  ({ id, type, at, data: { headline: "Fees rose", statusReason } }) as unknown as StoredEvent;

test("blocks, reorgs, insights, retractions, backfills and changes of state stand in the order of time", () => {
  const jobs = [
    {
      id: 2,
      fromHeight: 0,
      toHeight: 9,
      status: "done",
      createdAt: "2026-01-02T00:00:00Z",
      finishedAt: "2026-01-04T00:00:00Z",
    },
  ] as unknown as readonly BackfillJob[];
  const changes = [{ key: "x", time: "2026-01-05T00:00:00Z", text: "Source: healthy" }];
  const events = [
    insight(5, "insight.updated", "2026-01-08T00:00:00Z"),
    insight(4, "insight.retracted", "2026-01-07T00:00:01Z", "Block 7000 left the chain."),
    block(3, "block.disconnected", "2026-01-07T00:00:00Z"),
    insight(2, "insight.published", "2026-01-03T00:00:01Z"),
    block(1, "block.connected", "2026-01-03T00:00:00Z"),
  ];
  expect(listHappenings({ events, jobs, changes }).map(({ text }) => text)).toEqual([
    "Retracted: Fees rose. Block 7000 left the chain.",
    "Block 7,000 left the chain: a branch with more work replaced it",
    "Source: healthy",
    "Backfill 2 done: blocks 0 to 9",
    "Insight: Fees rose",
    "Block 7,000 connected: 2 transactions, mined by an unknown pool",
    "Backfill 2 asked for: blocks 0 to 9",
  ]);
});

test("what two streams tell is kept once, the newest first, and not for ever", () => {
  const at = "2026-01-03T00:00:00Z";
  const told = Array.from({ length: 150 }, (_, index) => block(index + 1, "block.connected", at));
  const kept = logEvents(logEvents([], told), [block(150, "block.connected", at), block(151, "block.connected", at)]);
  expect(kept.map(({ id }) => id)).toEqual(Array.from({ length: 100 }, (_, index) => 151 - index));
});
