import { expect, test } from "vitest";
import { formatWallTime } from "./format-wall-time.ts";

const at = "2026-07-01T22:30:05.000Z";

test("without a time zone a time is in UTC, as those of blocks", () => {
  expect(formatWallTime(at, { timeZone: null, locale: "de-DE" })).toBe("2026-07-01 22:30:05 UTC");
});

test("in somebody's time zone it is the day that they had", () => {
  expect(formatWallTime(at, { timeZone: "Europe/Berlin", locale: "de-DE" })).toMatch(/^02\.07\.2026, 00:30:05 MESZ$/);
  expect(formatWallTime(at, { timeZone: "America/New_York", locale: "en-US" })).toMatch(
    /^Jul 1, 2026, 6:30:05\sPM EDT$/,
  );
});
