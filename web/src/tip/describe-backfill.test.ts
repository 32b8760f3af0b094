import { expect, test } from "vitest";
import { formatCount } from "../format/numbers.ts";
import { describeBackfill } from "./describe-backfill.ts";

const running = {
  state: "running",
  blocksDone: 4_320,
  blocksTotal: 4_321,
  blocksPerSecond: 178.4,
  etaSeconds: 18.2,
} as const;

test("how far and how long, and no end before it is there", () => {
  expect(describeBackfill(running)).toEqual({
    percent: 99,
    blocks: `${formatCount(4_320)} of ${formatCount(4_321)} blocks`,
    pace: "178 blocks/s · 19 s left",
  });
});

test("what is not measured yet is not told", () => {
  const unknown = { ...running, blocksDone: 0, blocksPerSecond: null, etaSeconds: null };
  expect(describeBackfill(unknown)).toMatchObject({ percent: 0, pace: "time left is being measured" });
});
