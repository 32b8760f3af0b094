import fc from "fast-check";
import { expect, test } from "vitest";
import { distributionOf, economicalValue, quantileOf } from "./distribution.ts";

const entries = fc.array(
  fc.tuple(fc.double({ min: 0.1, max: 100, noNaN: true }), fc.double({ min: 0.01, max: 5, noNaN: true })),
  { minLength: 1, maxLength: 40 },
);

test("a quantile is the least value that so much weight lies at or below", () => {
  const distribution = distributionOf([
    [5, 1],
    [1, 2],
    [3, 1],
  ]);
  expect([0, 0.5, 0.51, 0.75, 0.76, 1].map((level) => quantileOf(distribution, level))).toEqual([1, 1, 3, 3, 5, 5]);
});

test("the economical value has the least loss of all values, and grows with what a miss costs", () => {
  fc.assert(
    fc.property(entries, fc.double({ min: 0.05, max: 20, noNaN: true }), (list, missCost) => {
      const total = list.reduce((sum, [, weight]) => sum + weight, 0);
      const lossOf = (paid: number): number =>
        list.reduce((sum, [value, weight]) => {
          return sum + (weight / total) * (paid < value ? missCost : paid / value - 1);
        }, 0);
      const distribution = distributionOf(list);
      const value = economicalValue(distribution, missCost);
      const least = Math.min(...list.map(([one]) => lossOf(one)));
      expect(lossOf(value)).toBeLessThanOrEqual(least + 1e-9);
      expect(economicalValue(distribution, 2 * missCost)).toBeGreaterThanOrEqual(value);
    }),
    { numRuns: 100, seed: 5 },
  );
});
