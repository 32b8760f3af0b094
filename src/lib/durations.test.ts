import fc from "fast-check";
import { expect, test } from "vitest";
import { addDurations, countDurations, DurationCounter, type Durations, percentileOf } from "./durations.ts";

function counted(durations: readonly number[]): Durations {
  const counter = new DurationCounter();
  for (const duration of durations) counter.add(duration);
  return counter.take();
}

/** As of the values themselves: the smallest within which so many of them lie. */
function rawPercentile(durations: readonly number[], share: number): number {
  const sorted = durations.toSorted((left, right) => left - right);
  return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? Number.NaN;
}

const durations = fc.array(fc.double({ min: 0.01, max: 120_000, noNaN: true }), { minLength: 1, maxLength: 300 });

test("percentiles of parts that were added are those of all values, within 5 %", () => {
  fc.assert(
    fc.property(fc.array(durations, { minLength: 1, maxLength: 6 }), (parts) => {
      const all = addDurations(...parts.map(counted));
      const values = parts.flat();
      expect(countDurations(all)).toBe(values.length);
      for (const share of [0, 0.5, 0.95, 0.99, 1]) {
        const raw = rawPercentile(values, share);
        expect(Math.abs((percentileOf(all, share) ?? Number.NaN) / raw - 1)).toBeLessThan(0.05);
      }
    }),
  );
});

test("of none there is no percentile, and what was taken is not taken again", () => {
  expect(percentileOf(new Map(), 0.5)).toBeNull();
  const counter = new DurationCounter();
  counter.add(3, 4);
  expect(countDurations(counter.take())).toBe(4);
  expect(countDurations(counter.take())).toBe(0);
});
