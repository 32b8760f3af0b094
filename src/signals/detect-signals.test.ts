import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BlockHash, Txid } from "#bitcoin";
import type { BlockFeatures, Transfer } from "#features";
import { detectSignals, LOOK_BACK } from "./detect-signals.ts";

/** What detectors read of a block; the rest of a row is of no interest to them. */
function row(height: number, medianFeeRate: number | undefined, largestTransfer = 0): BlockFeatures {
  const read: Partial<BlockFeatures> = {
    height,
    blockhash: height.toString(16).padStart(64, "0") as BlockHash,
    txs: medianFeeRate === undefined ? 1 : 20,
    feerate_percentiles_exact: medianFeeRate === undefined ? [0, 0, 0, 0, 0] : [1, 2, medianFeeRate, 90, 99],
    largest_transfer: largestTransfer,
  };
  return read as BlockFeatures;
}

/** A quiet day: 9, 10 and 11 sat/vB in turn. */
function quiet(blocks: number): BlockFeatures[] {
  return Array.from({ length: blocks }, (_, height) => row(height, 9 + (height % 3), 1_000 * height));
}

function transfer(value: number): Transfer {
  const read: Partial<Transfer> = { txid: "ab".repeat(32) as Txid, value, toValue: value };
  return read as Transfer;
}

describe("fee-level", () => {
  test("tells a level that the day before did not have, with its rank", () => {
    const signals = detectSignals({ features: row(200, 60), transfers: [] }, quiet(200));
    expect(signals).toHaveLength(1);
    expect(signals[0]).toMatchObject({
      kind: "fee-level",
      direction: "above",
      height: 200,
      feeRate: 60,
      baseline: 10,
      surprise: { percentile: 100, sampleSize: 144 },
    });
    const below = detectSignals({ features: row(200, 1), transfers: [] }, quiet(200));
    expect(below[0]).toMatchObject({ direction: "below", surprise: { percentile: 100 } });
  });

  test("keeps quiet about an ordinary level, an empty block, and without enough history", () => {
    expect(detectSignals({ features: row(200, 11.5), transfers: [] }, quiet(200))).toEqual([]);
    expect(detectSignals({ features: row(200, undefined), transfers: [] }, quiet(200))).toEqual([]);
    expect(detectSignals({ features: row(155, 60), transfers: [] }, quiet(155))).toEqual([]);
    expect(detectSignals({ features: row(156, 60), transfers: [] }, quiet(156))).toHaveLength(1);
  });

  test("tells one event once, and the next after a quiet time", () => {
    const rows = quiet(400);
    for (const height of [200, 201, 203, 230]) rows[height] = row(height, 70);
    const told = rows.filter(
      (features, height) => detectSignals({ features, transfers: [] }, rows.slice(0, height)).length > 0,
    );
    expect(told.map(({ height }) => height)).toEqual([200, 230]);
  });
});

describe("large-transfer", () => {
  test("tells transfers from 1,000 BTC on, unranked without a week of history", () => {
    const transfers = [transfer(99_999_999_999), transfer(100_000_000_000)];
    const signals = detectSignals({ features: row(3, 5), transfers }, []);
    expect(signals).toEqual([
      {
        kind: "large-transfer",
        height: 3,
        blockhash: row(3, 5).blockhash,
        surprise: null,
        transfer: transfers[1],
        threshold: 100_000_000_000,
      },
    ]);
  });

  test("ranks a transfer among the largest of each block of the week before", () => {
    const history = quiet(1_008).map((features, height) => ({
      ...features,
      largest_transfer: height < 756 ? 1 : 4e11,
    }));
    const signals = detectSignals({ features: row(1_008, 10), transfers: [transfer(2e11)] }, history);
    expect(signals[0]?.surprise).toEqual({ percentile: 75, sampleSize: 1_008 });
  });
});

test("signals depend on the look-back alone, however long the history is", () => {
  const series = fc.array(fc.double({ min: 0, max: 500, noNaN: true }), {
    minLength: LOOK_BACK,
    maxLength: LOOK_BACK + 40,
  });
  fc.assert(
    fc.property(series, fc.double({ min: 0, max: 500, noNaN: true }), (rates, last) => {
      const history = rates.map((rate, height) => row(height, rate, rate * 1e9));
      const block = { features: row(rates.length, last), transfers: [transfer(2e11)] };
      expect(detectSignals(block, history)).toEqual(detectSignals(block, history.slice(-LOOK_BACK)));
    }),
    { numRuns: 25, seed: 7 },
  );
});
