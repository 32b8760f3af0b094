import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { satsOfBtc } from "./amounts.ts";

const MOST_SATS = 2_100_000_000_000_000;

/** As Core writes it: `ValueFromAmount`. */
const btcText = (sats: number): string => {
  const digits = String(sats).padStart(9, "0");
  return `${digits.slice(0, -8)}.${digits.slice(-8)}`;
};

describe("amounts in BTC", () => {
  test("every amount comes back to the satoshi", () => {
    const near = (sats: number): fc.Arbitrary<number> =>
      fc.integer({ min: Math.max(0, sats - 10_000), max: Math.min(MOST_SATS, sats + 10_000) });
    const amounts = fc.oneof(fc.integer({ min: 0, max: MOST_SATS }), near(MOST_SATS), near(2 ** 50), near(0));
    fc.assert(
      fc.property(amounts, (sats) => {
        expect(satsOfBtc(Number(btcText(sats)))).toBe(sats);
      }),
      { numRuns: 5_000 },
    );
  });

  test.each([
    ["5e-7", 50],
    ["50", 5_000_000_000],
    ["0.00000001", 1],
    ["20999999.97690000", 2_099_999_997_690_000],
    ["21000000.00000001", undefined],
    ["-0.00000001", undefined],
    ["0.000000015", undefined],
    ["1.123456789", undefined],
    ["NaN", undefined],
  ])("%s", (text, sats) => {
    expect(satsOfBtc(Number(text))).toBe(sats);
  });
});
