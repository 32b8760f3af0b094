import { expect, test } from "vitest";
import { pathOf } from "./sparkline-path.ts";

const SIZE = { width: 100, height: 24 };

test.each<[(number | null)[], string]>([
  [[], ""],
  [[0, 0], ""],
  [[null], ""],
  [[1, 2], "M0.0 12.0L100.0 1.0"],
  [[4, null, 2, 0], "M0.0 1.0M66.7 12.0L100.0 23.0"],
])("%j is drawn as %s", (values, path) => {
  expect(pathOf(values, SIZE)).toBe(path);
});
