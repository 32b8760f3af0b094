import { expect, test } from "vitest";
import { formatQuantity } from "./quantity.ts";

test.each([
  ["sats", 123_456_789_012, "1,234.56789012 BTC"],
  ["sat/vB", 61.27, "61 sat/vB"],
  ["percent", 99.96, "99.9 %"],
  ["count", 1_234, "1,234"],
  ["ratio", 6.4494, "6.45"],
  ["seconds", 7_260, "121 min"],
  ["days", 12.34, "12.3 days"],
  ["coin-days", 1_234_567.8, "1,234,568 coin days"],
  ["WU", 3_996_000, "3,996,000 WU"],
  ["H/s", 6.123e20, "612 EH/s"],
  ["H/s", 0, "0 H/s"],
] as const)("%s %d is written %s", (unit, value, text) => {
  expect(formatQuantity(unit, value, "en")).toBe(text);
});
