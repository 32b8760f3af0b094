import { expect, test } from "vitest";
import { AdaptiveLevels } from "./adaptive-levels.ts";

const settings = { window: 200, gain: 0.05 };

/** Values that are spread evenly over 0…1, in an order that repeats after 101. */
const evenly = (index: number): number => ((index * 37) % 101) / 101;

/** Share of outcomes within bounds that are read from a uniform distribution times `factor`. */
function coverage(levels: AdaptiveLevels, factor: number): number {
  let within = 0;
  for (let index = 0; index < 909; index += 1) {
    const told = levels.current.map((level) => 0.5 + (level - 0.5) * factor);
    const value = evenly(index);
    if (index >= 404 && value >= (told[0] ?? 0) && value <= (told[1] ?? 1)) within += 1;
    levels.resolve(value, told);
  }
  return within / 505;
}

test("bounds that are right stay, bounds that are too narrow or too wide are moved until they hold what they say", () => {
  expect(coverage(new AdaptiveLevels([0.1, 0.9], settings), 1)).toBeCloseTo(0.8, 1);
  expect(coverage(new AdaptiveLevels([0.1, 0.9], { ...settings, gain: 0 }), 0.85)).toBeLessThan(0.7);
  expect(Math.abs(coverage(new AdaptiveLevels([0.1, 0.9], settings), 0.85) - 0.8)).toBeLessThan(0.06);
  expect(Math.abs(coverage(new AdaptiveLevels([0.1, 0.9], settings), 2) - 0.8)).toBeLessThan(0.06);
});

test("depends on the last outcomes alone, and no level leaves 0…1", () => {
  const [long, short] = [new AdaptiveLevels([0.1, 0.9], settings), new AdaptiveLevels([0.1, 0.9], settings)];
  for (let index = 0; index < 500; index += 1) long.resolve(5, [0, 1]);
  const [lower = -1, upper] = long.current;
  expect(lower).toBeGreaterThanOrEqual(0);
  expect(upper).toBe(1);
  for (let index = 0; index < 200; index += 1) for (const one of [long, short]) one.resolve(evenly(index), [0.2, 0.8]);
  expect(long.current).toEqual(short.current);
});
