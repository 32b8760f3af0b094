import { expect, test } from "vitest";
import { parseCount, parseMoment } from "./parse-argument.ts";

test("a moment says its time zone", () => {
  expect(parseMoment("2031-01-14T15:02:10+01:00")).toEqual(new Date("2031-01-14T14:02:10Z"));
  expect(parseMoment("latest")).toBe("latest");
  for (const text of ["2031-01-14", "2031-01-14T14:02:10", "2031-13-14T14:02:10Z", "yesterday"]) {
    expect(() => parseMoment(text)).toThrow("It is a moment such as 2031-01-14T14:02:10Z, or latest.");
  }
});

test("of backups one is kept at least: the one that was just made", () => {
  expect(parseCount("1")).toBe(1);
  expect(() => parseCount("0")).toThrow("It is 1 or more.");
  expect(() => parseCount("-1")).toThrow("It is a whole number.");
});
