import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { projectDifficulty } from "./project-difficulty.ts";
import { projectHalving } from "./project-halving.ts";
import { nextBits, PERIOD_SECONDS } from "./retarget.ts";

const MAINNET_LIMIT = 0x1d00ffff;

/** A compact target keeps fifteen bits or more, and difficulty grows to four times. */
const ROUNDING = 4 * 2 ** -15;

describe("the next target", () => {
  // Source: Core, src/test/pow_tests.cpp: blocks 32255, 2015, 68543 and 46367.
  test.each([
    ["an ordinary period", 1_261_130_161, 1_262_152_739, 0x1d00ffff, 0x1d00d86a],
    ["the network's limit", 1_231_006_505, 1_233_061_996, 0x1d00ffff, 0x1d00ffff],
    ["a period of less than a quarter", 1_279_008_237, 1_279_297_671, 0x1c05a3f4, 0x1c0168fd],
    ["a period of more than four times", 1_263_163_443, 1_269_211_443, 0x1c387f6f, 0x1d00e1fd],
  ])("is Core's after %s", (_, first, last, bits, expected) => {
    expect(nextBits(bits, last - first, MAINNET_LIMIT).toString(16)).toBe(expected.toString(16));
  });
});

describe("the projected difficulty", () => {
  const bits = 0x1705_5b3f;

  test("is certain once the last block of a period is there", () => {
    // Block 788255 and the change that followed. Source: mempool/mempool, difficulty-adjustment.test.ts.
    const [startTime, time] = [1_681_984_653, 1_683_212_066];
    const projection = projectDifficulty({
      height: 788_255,
      time,
      startTime,
      bits,
      powLimitBits: MAINNET_LIMIT,
      timespans: [],
    });
    expect(projection).toMatchObject({ height: 788_256, time });
    expect(projection.change * 100).toBeCloseTo(-1.451_263_755_557, 3);
    for (const { low, high } of projection.intervals) expect(high - low).toBeCloseTo(0, 9);
  });

  test("lies within its intervals, which hold one another and end at four times", () => {
    const seconds = fc.integer({ min: 1, max: 5 * PERIOD_SECONDS });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_015 }), seconds, (known, elapsed) => {
        const so = {
          height: 788_256 + known,
          startTime: 0,
          time: elapsed,
          bits,
          powLimitBits: MAINNET_LIMIT,
          timespans: [],
        };
        const { change, intervals, height } = projectDifficulty(so);
        expect(height).toBe(790_272);
        let within = { low: change, high: change };
        for (const interval of intervals) {
          expect(interval.low).toBeLessThanOrEqual(within.low + ROUNDING);
          expect(interval.high).toBeGreaterThanOrEqual(within.high - ROUNDING);
          expect(interval.low).toBeGreaterThanOrEqual(-0.75);
          expect(interval.high).toBeLessThanOrEqual(3);
          within = interval;
        }
      }),
      { numRuns: 100, seed: 3 },
    );
  });
});

describe("the projected halving", () => {
  const ahead = { height: 838_000, time: 1_712_000_000, halvingInterval: 210_000, timespans: [] };

  test("is two weeks a period away where no periods are known", () => {
    expect(projectHalving(ahead)).toMatchObject({ height: 840_000, blocks: 2_000, time: 1_713_200_000 });
    expect(projectHalving({ ...ahead, height: 840_000 })).toMatchObject({ height: 1_050_000, blocks: 210_000 });
  });

  test("comes sooner where the last periods were short, and is the more open the further it is", () => {
    const timespans = [1_190_000, 1_195_000, 1_185_000, 1_192_000];
    const near = projectHalving({ ...ahead, timespans });
    const far = projectHalving({ ...ahead, height: 800_000, timespans });
    expect(near.time).toBeLessThan(1_713_200_000);
    const width = ({ intervals }: typeof near): number => (intervals[2]?.high ?? 0) - (intervals[2]?.low ?? 0);
    expect(width(far)).toBeGreaterThan(5 * width(near));
  });
});
