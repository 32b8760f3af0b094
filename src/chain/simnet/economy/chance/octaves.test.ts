import { describe, expect, test } from "vitest";
import { drawAcrossOctaves, drawCount, log2, powerOfTwo } from "./octaves.ts";
import { Random } from "./random.ts";

describe("octaves", () => {
  test("are powers of two to 2 parts in 100,000", () => {
    for (let step = -16 * 300; step <= 40 * 300; step += 1) {
      expect(Math.abs(powerOfTwo(step / 300) / 2 ** (step / 300) - 1)).toBeLessThan(2e-5);
    }
    expect([powerOfTwo(10), powerOfTwo(-3), powerOfTwo(0)]).toEqual([1024, 0.125, 1]);
  });

  test("end at 2^-16 and at 2^40", () => {
    expect(powerOfTwo(-30)).toBe(2 ** -16);
    expect(powerOfTwo(60)).toBe(2 ** 40);
  });

  test("log2 is the logarithm, by exact operations alone", () => {
    for (let value = 1e-9; value < 1e9; value *= 1.07) {
      expect(Math.abs(log2(value) - Math.log2(value))).toBeLessThan(1e-12);
    }
    expect([log2(1), log2(8), log2(1 / 4)]).toEqual([0, 3, -2]);
  });

  test.each([0.2, 3, 29, 500])("what comes %d times on average does", (mean) => {
    const random = new Random(`count ${mean}`);
    const counts = Array.from({ length: 4_000 }, () => drawCount(random, mean));
    const average = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - average) ** 2, 0) / counts.length;
    expect(Math.abs(average / mean - 1)).toBeLessThan(0.1);
    expect(Math.abs(variance / mean - 1)).toBeLessThan(0.15);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(0);
  });

  test("amounts are whole, within bounds and as frequent in every octave", () => {
    const random = new Random("octaves");
    const counts = [0, 0, 0, 0, 0];
    for (let draw = 0; draw < 20_000; draw += 1) {
      const amount = drawAcrossOctaves(random, 1_000, 4);
      expect(Number.isInteger(amount)).toBe(true);
      expect(amount).toBeGreaterThanOrEqual(1_000);
      expect(amount).toBeLessThan(16_200);
      const octave = Math.floor(Math.log2(amount / 1_000));
      counts[octave] = (counts[octave] ?? 0) + 1;
    }
    for (const count of counts.slice(0, 4)) expect(Math.abs(count - 5_000)).toBeLessThan(400);
  });
});
