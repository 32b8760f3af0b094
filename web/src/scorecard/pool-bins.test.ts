import { expect, test } from "vitest";
import { poolBins } from "./pool-bins.ts";

const claims = (bins: readonly { count: number; meanProbability: number; observed: number }[]) => ({
  claims: { cameTrue: 0, withProbability: 0, brier: null, skill: null, calibrationError: null, bins: [...bins] },
});

test("what was said about equally surely is taken together, each claim counted once", () => {
  const pooled = poolBins([
    claims([
      { count: 1, meanProbability: 0.31, observed: 1 },
      { count: 2, meanProbability: 1, observed: 1 },
    ]),
    claims([{ count: 3, meanProbability: 0.35, observed: 0 }]),
    { claims: null },
  ]);
  expect(pooled).toEqual([
    { count: 4, meanProbability: expect.closeTo(0.34, 12), observed: 0.25 },
    { count: 2, meanProbability: 1, observed: 1 },
  ]);
});

test("without a claim there is nothing to show", () => {
  expect(poolBins([{ claims: null }])).toEqual([]);
});
