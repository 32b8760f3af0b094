import { expect, test } from "vitest";
import { formatWallTime } from "./format-wall-time.ts";

const at = "2026-07-01T22:30:05.000Z";

test("without a time zone a time is in UTC, as those of blocks", () => {
  expect(formatWallTime(at, null, "de-DE")).toBe("01.07.2026, 22:30:05 UTC");
});

test("in somebody's time zone it is the day that they had", () => {
  expect(formatWallTime(at, "Europe/Berlin", "de-DE")).toMatch(/^02\.07\.2026, 00:30:05 MESZ$/);
  expect(formatWallTime(at, "America/New_York", "en-US")).toMatch(/^Jul 1, 2026, 6:30:05\sPM EDT$/);
});
