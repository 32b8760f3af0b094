import { expect, test } from "vitest";
import { parseCount } from "./parse-argument.ts";

test("of backups one is kept at least: the one that was just made", () => {
  expect(parseCount("1")).toBe(1);
  expect(() => parseCount("0")).toThrow("It is 1 or more.");
  expect(() => parseCount("-1")).toThrow("It is a whole number.");
});
