import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { spreadFactors, spreadIntervals } from "./block-times.ts";
import { projectLowRates, type RateCell } from "./project-low-rates.ts";

const cell = (from: number, to: number, waiting: number, inflow = 0): RateCell => ({
  from,
  to,
  waiting,
  recent: inflow,
  usual: inflow,
});

function lowRates(cells: readonly RateCell[], intervals: readonly number[], blockWeight = 1_000): number[] {
  const low = new Float64Array(intervals.length);
  projectLowRates(cells, { blockWeight, intervals, inflowFactor: 1, memorySeconds: 3_600, wholeShare: 0.5 }, low);
  return [...low];
}

describe("the low rates of the next blocks", () => {
  test("lie where the dearest that waits fills a block, then where what is left does", () => {
    const cells = [cell(8, 9, 900), cell(4.2, 4.8, 1_000), cell(2.1, 2.2, 500)];
    const [first = 0, second = 0, third] = lowRates(cells, [600, 600, 600]);
    expect(first).toBeGreaterThan(4.7);
    expect(first).toBeLessThan(4.8);
    expect(second).toBeGreaterThan(2.1);
    expect(second).toBeLessThan(2.2);
    // 400 are left for the third block, which they do not fill.
    expect(third).toBeCloseTo(2.1, 1);
    expect(lowRates(cells, [600, 600, 600, 600])[3]).toBeNaN();
  });

  test("stand at a whole number where half of the weight of its range does", () => {
    expect(lowRates([cell(2.8, 3.15, 10_000)], [600])[0]).toBeGreaterThan(3);
    expect(lowRates([cell(2.8, 3.15, 2_000)], [600])[0]).toBe(3);
    expect(lowRates([cell(2.8, 3.15, 800)], [600])[0]).toBeLessThan(3);
  });

  test("never fall when more comes, and never rise when blocks are larger", () => {
    const cells = fc.array(fc.tuple(fc.nat(3_000), fc.double({ min: 0, max: 2, noNaN: true })), {
      minLength: 3,
      maxLength: 12,
    });
    fc.assert(
      fc.property(cells, (list) => {
        const build = (more: number): RateCell[] =>
          list.map(([waiting, inflow], index) => cell(20 - index, 21 - index, waiting + 1, inflow + more));
        const intervals = [300, 900, 600];
        const usual = lowRates(build(0), intervals);
        for (const [index, low] of lowRates(build(0.5), intervals).entries()) {
          expect(low).toBeGreaterThanOrEqual((usual[index] ?? 0) - 1e-9);
        }
        for (const [index, low] of lowRates(build(0), intervals, 1_500).entries()) {
          // A larger block may leave nothing behind.
          expect(Number.isNaN(low) || low <= (usual[index] ?? 0) + 1e-9 || Number.isNaN(usual[index])).toBe(true);
        }
      }),
      { numRuns: 60, seed: 11 },
    );
  });
});

test("paths of block times have the means and the spread of a Poisson process", () => {
  const sums = spreadIntervals(6).map((path) => path.reduce((sum, interval) => sum + interval, 0));
  const mean = sums.reduce((sum, value) => sum + value, 0) / sums.length;
  const variance = sums.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sums.length;
  expect(mean).toBeCloseTo(6, 1);
  expect(Math.abs(Math.sqrt(variance) - Math.sqrt(6))).toBeLessThan(0.25);
});

test("factors of inflow have a median of one and the spread that was asked for", () => {
  const octaves = spreadFactors(0.3)
    .map(Math.log2)
    .toSorted((left, right) => left - right);
  expect(octaves[30]).toBeCloseTo(0, 9);
  const variance = octaves.reduce((sum, value) => sum + value ** 2, 0) / octaves.length;
  expect(Math.sqrt(variance)).toBeCloseTo(0.3, 2);
});
