import { expect, test } from "vitest";
import { clampSpan, spanAfterKey, spanOfAll } from "./span.ts";

const HOUR = 3_600_000;
const DAY = { from: 0, to: 24 * HOUR };

test("charts that begin and end at other times share an axis that holds all of them", () => {
  const all = spanOfAll([
    { from: 5 * HOUR, to: 20 * HOUR },
    { from: HOUR, to: 18 * HOUR },
  ]);
  expect(all?.from).toBeLessThanOrEqual(HOUR);
  expect(all?.from).toBeGreaterThan(0.9 * HOUR);
  expect(all?.to).toBeGreaterThanOrEqual(20 * HOUR);
  expect(spanOfAll([])).toBeUndefined();
});

test("a moment more does not move the axis", () => {
  const axis = spanOfAll([{ from: 0, to: 23.99 * HOUR }]);
  expect(spanOfAll([{ from: 0, to: 23.99 * HOUR + 1_000 }])).toEqual(axis);
});

test.each([
  ["+", { from: 6 * HOUR, to: 18 * HOUR }, { from: 9 * HOUR, to: 15 * HOUR }],
  ["-", { from: 9 * HOUR, to: 15 * HOUR }, { from: 6 * HOUR, to: 18 * HOUR }],
  ["-", { from: 6 * HOUR, to: 18 * HOUR }, undefined],
  ["ArrowRight", { from: 8 * HOUR, to: 12 * HOUR }, { from: 9 * HOUR, to: 13 * HOUR }],
  ["ArrowLeft", { from: HOUR / 2, to: 4.5 * HOUR }, { from: 0, to: 4 * HOUR }],
  ["0", { from: 8 * HOUR, to: 12 * HOUR }, undefined],
] as const)("the key %s leads from %o to %o", (key, shown, after) => {
  expect(spanAfterKey(key, shown, DAY)).toEqual(after);
});

test("nothing is shown of less than ten minutes, and nothing beyond the bounds", () => {
  expect(clampSpan({ from: HOUR, to: HOUR + 1 }, DAY)).toEqual({ from: HOUR, to: HOUR + 600_000 });
  expect(clampSpan({ from: -HOUR, to: 2 * HOUR }, DAY)).toEqual({ from: 0, to: 3 * HOUR });
});
