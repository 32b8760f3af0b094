import { expect, test } from "vitest";
import { mergeBands } from "./merge-bands.ts";

test("fine ranges become some that can be scanned, the dearest first, nothing lost", () => {
  const bands = [
    { from: 0.9, weight: 100, count: 1 },
    { from: 2, weight: 30, count: 2 },
    { from: 3.55, weight: 20, count: 3 },
    { from: 8, weight: 5, count: 1 },
  ];
  expect(mergeBands(bands)).toEqual([
    { from: 8, to: 16, weight: 5, count: 1 },
    { from: 4, to: 8, weight: 0, count: 0 },
    { from: 2, to: 4, weight: 50, count: 5 },
    { from: 1, to: 2, weight: 0, count: 0 },
    { from: 0, to: 1, weight: 100, count: 1 },
  ]);
  expect(mergeBands([])).toEqual([]);
});
