import { expect, test } from "vitest";
import { formatQuantity } from "./quantity.ts";

test.each([
  ["sats", 123_456_789_012, "1,234.56789012 BTC"],
  ["sat/vB", 61.27, "61 sat/vB"],
  ["percent", 99.96, "99.9 %"],
  ["count", 1_234, "1,234"],
  ["ratio", 6.4494, "6.45"],
  ["seconds", 5_880, "98 min"],
  ["seconds", 7_260, "2 h 1 min"],
  ["seconds", 10_800, "3 h"],
  ["seconds", 907_200, "10.5 days"],
  ["days", 12.34, "12.3 days"],
  ["days", 0.734, "0.73 days"],
  ["coin-days", 1_234_567.8, "1,234,568 coin days"],
  ["WU", 3_996_000, "3,996,000 WU"],
  ["H/s", 6.123e20, "612 EH/s"],
  ["H/s", 0, "0 H/s"],
] as const)("%s %d is written %s", (unit, value, text) => {
  expect(formatQuantity(unit, value, "en")).toBe(text);
});
