import fc from "fast-check";
import { expect, test } from "vitest";
import { rangeAndMedian } from "./range-and-median.ts";

test("is what sorting tells, for many equal values and for none", () => {
  const values = fc.array(fc.oneof(fc.nat(5), fc.nat(100_000), fc.constant(2_100_000_000_000_000)), { maxLength: 200 });
  fc.assert(
    fc.property(values, (numbers) => {
      const sorted = numbers.toSorted((left, right) => left - right);
      const middle = sorted.length >> 1;
      const [lower = 0, upper = 0] = [sorted[sorted.length % 2 === 1 ? middle : middle - 1], sorted[middle]];
      // What lies behind the count is of another time.
      const room = Float64Array.from([...numbers, -7, 9e15]);
      expect(rangeAndMedian(room, numbers.length)).toEqual({
        min: sorted[0] ?? 0,
        max: sorted.at(-1) ?? 0,
        median: Math.floor((lower + upper) / 2),
      });
      expect([...room.subarray(numbers.length)]).toEqual([-7, 9e15]);
    }),
    { numRuns: 500, seed: 5 },
  );
});
