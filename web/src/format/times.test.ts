import { expect, test } from "vitest";
import { formatAgo, formatDay, formatDuration, formatExact, formatMinute, secondsBetween } from "./times.ts";

test.each([
  [-5, "0 s"],
  [59.9, "59 s"],
  [60, "1 min"],
  [3_599, "59 min"],
  [3_600, "1 h"],
  [11_100, "3 h 5 min"],
  [36_900, "10 h"],
  [86_399, "23 h"],
  [86_400, "1 d"],
  [200_000, "2 d"],
])("%d seconds are %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test.each([
  [-30, "just now"],
  [59, "just now"],
  [180, "3 min ago"],
  [7_500, "2 h 5 min ago"],
])("%d seconds back is %s", (seconds, text) => {
  expect(formatAgo(seconds)).toBe(text);
});

test("an exact time is UTC to the second, in the reader's way", () => {
  const at = "2031-01-14T14:02:10.000Z";
  expect(formatExact(at, "en-GB")).toBe("14 Jan 2031, 14:02:10 UTC");
  expect(formatExact(at, "de-DE")).toBe("14.01.2031, 14:02:10 UTC");
  expect(formatExact(at, "en-US")).toBe("Jan 14, 2031, 14:02:10 UTC");
  expect([formatMinute(at, "de-DE"), formatDay(at, "de-DE")]).toEqual(["14.01.2031, 14:02", "14.01.2031"]);
  expect(secondsBetween("2031-01-14T14:02:10.000Z", "2031-01-14T14:03:00.000Z")).toBe(50);
});
