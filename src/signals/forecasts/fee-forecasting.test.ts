import { describe, expect, test } from "vitest";
import type { BlockHash, FeeRateBucket, MempoolSnapshot } from "#bitcoin";
import { FeeForecasting } from "./fee-forecasting.ts";

const BLOCK_WEIGHT = 1_000;
const hash = "00".repeat(32) as BlockHash;

/** A market whose level goes up and down; what gets in lies up to a fifth above or below it. */
const levelAt = (height: number): number => 5 + 3 * Math.sin(height / 20);
const lowRateAt = (height: number): number => levelAt(height) * (1 + (((height * 37) % 41) - 20) / 100);

function snapshotAt(height: number, time: number): MempoolSnapshot {
  const level = levelAt(height);
  const histogram: FeeRateBucket[] = [0.5, 1, 2].map((times) => ({
    from: Math.max(1, Math.round(level * times)),
    weight: 800,
    count: 4,
    inflowWeight: 300,
  }));
  const projectedBlocks = [
    { weight: 1_000, count: 5, totalFee: 900, feeRates: [1, 1, 1, 2, 2, 2, 2].map((n) => n * level) },
  ];
  const common = { count: 12, weight: 2_400, totalFee: 3_000, minFeeRate: 1, nextBlockTxids: null };
  return { time, tip: { height, hash }, histogram, projectedBlocks, ...common };
}

function run(blocks: number, forecasting = new FeeForecasting(BLOCK_WEIGHT)) {
  const made: ReturnType<FeeForecasting["forecast"]>[] = [];
  for (let height = 1; height <= blocks; height += 1) {
    forecasting.connect({ height, time: height * 600, lowRate: height % 50 === 0 ? null : lowRateAt(height) });
    forecasting.look(snapshotAt(height, height * 600 + 60));
    made.push(forecasting.forecast());
  }
  return made;
}

describe("fee forecasts", () => {
  const made = run(320);

  test("are made once thirty windows are known that do not overlap", () => {
    const firstOf = (target: number) => 1 + made.findIndex((some) => some.some((one) => one.target === target));
    expect(firstOf(1)).toBeGreaterThan(30);
    expect(firstOf(1)).toBeLessThan(36);
    expect(firstOf(3)).toBeGreaterThan(90);
    expect(firstOf(6)).toBeGreaterThan(180);
    expect(firstOf(144)).toBe(0);
    expect(made.at(-1)?.map(({ target }) => target)).toEqual([1, 3, 6]);
  });

  test("are lower the more blocks there are time, and wider the surer they shall be", () => {
    for (const forecasts of made) {
      let sooner = Number.POSITIVE_INFINITY;
      for (const { median, intervals } of forecasts) {
        expect(median).toBeLessThanOrEqual(sooner);
        sooner = median;
        const [half, most, nearlyAll] = intervals;
        expect(most?.low).toBeLessThanOrEqual(half?.low ?? 0);
        expect(nearlyAll?.low).toBeLessThanOrEqual(most?.low ?? 0);
        expect(most?.high).toBeGreaterThanOrEqual(half?.high ?? 0);
        expect(nearlyAll?.high).toBeGreaterThanOrEqual(most?.high ?? 0);
        expect(nearlyAll?.high).toBeLessThan(100);
      }
    }
  });

  test("hold what their intervals promise", () => {
    const next = made.slice(120).flatMap((some) => some.filter(({ target }) => target === 1));
    const known = next.filter(({ height }) => height < 320 && (height + 1) % 50 !== 0);
    const within = known.filter(({ height, intervals }) => {
      const rate = lowRateAt(height + 1);
      return rate >= (intervals[1]?.low ?? 0) && rate <= (intervals[1]?.high ?? 0);
    });
    expect(Math.abs(within.length / known.length - 0.8)).toBeLessThan(0.06);
  });

  test("are not made of a mempool that tells no transactions, or no tip", () => {
    const forecasting = new FeeForecasting(BLOCK_WEIGHT);
    run(60, forecasting);
    expect(forecasting.forecast()).not.toEqual([]);
    forecasting.look({ ...snapshotAt(61, 61 * 600), histogram: null });
    expect(forecasting.forecast()).toEqual([]);
    forecasting.look({ ...snapshotAt(61, 61 * 600 + 1), tip: null });
    expect(forecasting.forecast()).toEqual([]);
  });

  test("are the same again of the same blocks and snapshots", () => {
    expect(run(120).at(-1)).toEqual(made[119]);
  });
});
