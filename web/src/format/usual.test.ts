import { expect, test } from "vitest";
import { explainUsual, formatUsual } from "./usual.ts";

test("a value is held against what is usual, or against what it was compared with", () => {
  expect(explainUsual("fee-spike", { unit: "sat/vB", baseline: 6 })).toBe(", usually 6.0 sat/vB");
  expect(explainUsual("hash-rate", { unit: "H/s", baseline: 6e20 })).toBe(", 600 EH/s in the two days before");
  expect(explainUsual("empty-block", { unit: "count", baseline: null })).toBe("");
});

test("of transfers that are not kept it is not said that there are none", () => {
  expect(formatUsual("large-transfer", { unit: "sats", baseline: 0 })).toBe("below 100 BTC");
  expect(formatUsual("large-transfer", { unit: "sats", baseline: 12_000_000_000 })).toBe("120 BTC");
});
