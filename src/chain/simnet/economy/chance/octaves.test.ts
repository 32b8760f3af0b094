import { describe, expect, test } from "vitest";
import { drawAcrossOctaves, powerOfTwo } from "./octaves.ts";
import { Random } from "./random.ts";

describe("octaves", () => {
  test("are powers of two in steps of 1/64", () => {
    for (let step = 0; step <= 32 * 64; step += 1) {
      expect(Math.abs(powerOfTwo(step / 64) / 2 ** (step / 64) - 1)).toBeLessThan(1e-12);
    }
    expect(powerOfTwo(10)).toBe(1024);
  });

  test("end at 1 and at 2^32", () => {
    expect(powerOfTwo(-3)).toBe(1);
    expect(powerOfTwo(40)).toBe(2 ** 32);
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
