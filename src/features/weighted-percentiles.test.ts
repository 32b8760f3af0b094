import fc from "fast-check";
import { expect, test } from "vitest";
import { feeRatePercentiles } from "./weighted-percentiles.ts";

/** By sorting all of it, as Core does. */
function bySorting(rows: readonly (readonly [number, number])[]): number[] {
  const sorted = rows
    .map(([fee, weight]) => ({ rate: (fee * 4) / weight, weight }))
    .toSorted((a, b) => a.rate - b.rate);
  const total = rows.reduce((sum, [, weight]) => sum + weight, 0);
  return [0.1, 0.25, 0.5, 0.75, 0.9].map((share) => {
    let cumulative = 0;
    for (const { rate, weight } of sorted) {
      cumulative += weight;
      if (cumulative >= total * share) return rate;
    }
    return 0;
  });
}

test("are those of a full sort, for many equal rates and for none, and leave the table as it is", () => {
  const row = fc.oneof(
    fc.tuple(fc.nat(3), fc.constantFrom(400, 800)),
    fc.tuple(fc.nat(1_000_000), fc.integer({ min: 244, max: 4_000_000 })),
  );
  fc.assert(
    fc.property(fc.array(row, { maxLength: 120 }), (rows) => {
      const fees = Float64Array.from([...rows.map(([fee]) => fee), 7]);
      const weights = Float64Array.from([...rows.map(([, weight]) => weight), 9e9]);
      expect(feeRatePercentiles({ fees, weights, count: rows.length })).toEqual(bySorting(rows));
      expect([...weights.subarray(0, rows.length)]).toEqual(rows.map(([, weight]) => weight));
    }),
    { numRuns: 500, seed: 90 },
  );
});
