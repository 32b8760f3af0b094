import { expect, test } from "vitest";
import { logScale } from "./log-scale.ts";

test("goes from the step below the least to the one above the greatest", () => {
  const scale = logScale([3, 40]);
  expect(scale?.ticks).toEqual([2, 5, 10, 20, 50]);
  expect([2, 10, 50].map((value) => scale?.placeOf(value))).toEqual(
    [0, 50, 100].map((place) => expect.closeTo(place, 6)),
  );
});

test("holds one value, and what is far from the others", () => {
  expect(logScale([5])?.ticks).toEqual([5, 10]);
  expect(logScale([0.4])?.ticks).toEqual([0.2, 0.5]);
  const wide = logScale([0.1, 90_000]);
  expect(wide?.ticks.length).toBeLessThanOrEqual(7);
  expect(wide?.placeOf(0.1)).toBe(0);
  expect(wide?.placeOf(90_000)).toBeLessThan(100);
});

test("is none where nothing is known", () => {
  expect(logScale([])).toBeUndefined();
  expect(logScale([0, Number.NaN])).toBeUndefined();
});
