import { expect, test } from "vitest";
import { describeHeights } from "./describe-heights.ts";

test.each([
  [[], ""],
  [[57_043], "57043"],
  [[1, 2, 3, 5, 7, 8], "1–3, 5, 7–8"],
  [Array.from({ length: 322 }, (_, index) => index + 1), "1–322"],
])("%j", (heights, text) => {
  expect(describeHeights(heights)).toBe(text);
});
