import { expect, test } from "vitest";
import { applyBlockEvent, type BlockEvent, type RecentBlock } from "./recent-blocks.ts";

function event(type: BlockEvent["type"], height: number, hash = `h${height}`): BlockEvent {
  const data = { height, hash, time: "2031-01-01T00:00:00Z", txs: 1, medianFeeRate: null, pool: null };
  return { id: height + 1, type, at: data.time, data };
}

const fold = (events: readonly BlockEvent[]): readonly RecentBlock[] =>
  events.reduce<readonly RecentBlock[]>(applyBlockEvent, []);

test("the newest eight are kept, highest first", () => {
  const blocks = fold(Array.from({ length: 12 }, (_, height) => event("block.connected", height)));
  expect(blocks.map(({ height }) => height)).toEqual([11, 10, 9, 8, 7, 6, 5, 4]);
});

test("a reorg takes the losing branch out, block by block", () => {
  const blocks = fold([
    event("block.connected", 1),
    event("block.connected", 2, "lost"),
    event("block.disconnected", 2, "lost"),
    event("block.connected", 2, "won"),
    event("block.connected", 2, "won"),
  ]);
  expect(blocks.map(({ hash }) => hash)).toEqual(["won", "h1"]);
});
