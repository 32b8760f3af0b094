import { expect, test } from "vitest";
import { formatTick, formatValue, unitOfAxis } from "./format-value.ts";

test.each([
  ["satoshis", 123_456_789_012, "1,235 BTC"],
  ["sat/vB", 3.14, "3.1 sat/vB"],
  ["share", 0.9991, "99.9 %"],
  ["hashes/s", 8.123e20, "812 EH/s"],
  ["seconds", 590, "9.83 min"],
  ["weight units", 3_993_000, "3.99 MWU"],
  ["bytes", 950, "950 B"],
  ["ratio", 1.234e14, "123 T"],
  ["days", 12.345, "12.35 days"],
  ["transactions", 2_500, "2,500 transactions"],
  ["transactions", 2_500.25, "2,500 transactions"],
])("%s %d reads %s", (unit, value, text) => {
  expect(formatValue(unit, value, "en-US")).toBe(text);
});

test("an axis carries its unit once", () => {
  expect(formatTick("satoshis", -2_500_00000000, "en-US")).toBe("-2.5 k");
  expect(unitOfAxis("satoshis")).toBe("BTC");
  expect(formatTick("share", 0.5, "en-US")).toBe("50 %");
  expect(unitOfAxis("share")).toBe("");
  expect(formatTick("transactions", 0, "en-US")).toBe("0");
  expect(formatTick("seconds", 600, "en-US")).toBe("10");
});
