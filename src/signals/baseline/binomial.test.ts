import { expect, test } from "vitest";
import { leastOfBinomial } from "./binomial.ts";

test("the least successes that are improbable enough", () => {
  // Ten fair coins: ten heads 1/1024, nine or more 11/1024, eight or more 56/1024.
  expect(leastOfBinomial(10, 0.5, 0.05)).toBe(9);
  expect(leastOfBinomial(10, 0.5, 0.001)).toBe(10);
  expect(leastOfBinomial(10, 0.5, 0.0009)).toBe(11);
  expect(leastOfBinomial(0, 0.5, 0.05)).toBe(1);
  expect(leastOfBinomial(480, 0.25, 1e-4)).toBeGreaterThan(150);
});
