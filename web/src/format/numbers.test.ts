import { expect, test } from "vitest";
import {
  formatBtc,
  formatBtcBriefly,
  formatCount,
  formatFeeRate,
  formatPercent,
  formatTransactions,
} from "./numbers.ts";

test.each([
  [0, "0 BTC"],
  [1, "0.00000001 BTC"],
  [150_000_000, "1.5 BTC"],
  [123_456_789_012, "1,234.56789012 BTC"],
  [2_099_999_997_690_000, "20,999,999.9769 BTC"],
  [2_099_999_999_999_999, "20,999,999.99999999 BTC"],
])("%d sats in detail are %s", (sats, text) => {
  expect(formatBtc(sats, "en")).toBe(text);
});

test.each([
  [1_234, "0.00001234 BTC"],
  [123_456_789, "1.235 BTC"],
  [99_949_000_000, "999.5 BTC"],
  [412_345_678_901, "4,123 BTC"],
])("%d sats in brief are %s", (sats, text) => {
  expect(formatBtcBriefly(sats, "en")).toBe(text);
});

test.each([
  [0.94, "0.9"],
  [1, "1.0"],
  [9.94, "9.9"],
  [9.95, "10"],
  [10.4, "10"],
  [1234.6, "1,235"],
])("a fee rate of %d is written %s", (feeRate, text) => {
  expect(formatFeeRate(feeRate, "en")).toBe(text);
});

test.each([
  [0, "0.0 %"],
  [97, "97.0 %"],
  [99.4, "99.4 %"],
  [99.96, "99.9 %"],
  [100, "100 %"],
])("%d percent is written %s", (percent, text) => {
  expect(formatPercent(percent, "en")).toBe(text);
});

test("numbers follow the reader's locale", () => {
  expect(formatCount(1_234_567, "de")).toBe("1.234.567");
  expect(formatBtc(150_000_000, "de")).toBe("1,5 BTC");
});

test("one transaction is one", () => {
  expect([0, 1, 2_048].map((count) => formatTransactions(count, "en"))).toEqual([
    "0 transactions",
    "1 transaction",
    "2,048 transactions",
  ]);
});
