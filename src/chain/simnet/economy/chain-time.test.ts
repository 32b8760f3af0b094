import { describe, expect, test } from "vitest";
import { EPOCH, heightAt, timeOf } from "./chain-time.ts";

describe("chain time", () => {
  test("begins at a fixed date", () => {
    expect(new Date(timeOf(0) * 1000).toISOString()).toBe("2031-01-01T00:00:00.000Z");
    expect(heightAt(EPOCH - 1)).toBe(-1);
  });

  test("rises strictly, every block within half a minute of its ten minutes, early and late ones alike", () => {
    const deviations = Array.from({ length: 20_000 }, (_, height) => timeOf(height) - EPOCH - 600 * height);
    expect(Math.min(...deviations)).toBe(-30);
    expect(Math.max(...deviations)).toBe(30);
    expect(Math.abs(deviations.reduce((sum, deviation) => sum + deviation, 0) / deviations.length)).toBeLessThan(0.5);
  });

  test("the height at a time is that of the newest block by then", () => {
    for (let height = 0; height < 2_000; height += 1) {
      expect(heightAt(timeOf(height))).toBe(height);
      expect(heightAt(timeOf(height + 1) - 1)).toBe(height);
    }
  });
});
