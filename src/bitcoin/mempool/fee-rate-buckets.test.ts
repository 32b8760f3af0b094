import fc from "fast-check";
import { expect, test } from "vitest";
import { bucketOf, FEE_RATE_BOUNDS } from "./fee-rate-buckets.ts";

test("bounds rise by 10 to 14 % each and are round", () => {
  expect(FEE_RATE_BOUNDS).toHaveLength(141);
  for (const bound of [0.1, 0.112, 0.5, 1, 1.12, 2, 5, 10, 31.5, 100, 1_000]) expect(FEE_RATE_BOUNDS).toContain(bound);
  for (const [index, bound] of FEE_RATE_BOUNDS.entries()) {
    const before = FEE_RATE_BOUNDS[index - 1] ?? 0;
    if (before > 0) expect(bound / before).toSatisfy((step: number) => step > 1.1 && step < 1.145);
  }
});

test("a fee rate lies in the range from its bound to the next", () => {
  const rates = fc.oneof(fc.double({ min: 0, max: 200_000, noNaN: true }), fc.constantFrom(...FEE_RATE_BOUNDS));
  fc.assert(
    fc.property(rates, (rate) => {
      const bucket = bucketOf(rate);
      expect(FEE_RATE_BOUNDS[bucket]).toBeLessThanOrEqual(rate);
      expect(FEE_RATE_BOUNDS[bucket + 1] ?? Number.POSITIVE_INFINITY).toBeGreaterThan(rate);
    }),
  );
});
