import { expect, test } from "vitest";
import { parseRetryAfter } from "./retry-after.ts";

const NOW = Date.parse("2026-01-02T03:04:05Z");

test.each([
  ["7", 7_000],
  [" 120 ", 120_000],
  ["0", 0],
  ["Fri, 02 Jan 2026 03:04:35 GMT", 30_000],
  ["Friday, 02-Jan-26 03:04:35 GMT", 30_000],
  ["Fri, 02 Jan 2026 03:04:00 GMT", 0],
  ["-5", undefined],
  ["1.5", undefined],
  ["soon", undefined],
  ["", undefined],
  [undefined, undefined],
])("Retry-After: %s", (header, expected) => {
  expect(parseRetryAfter(header, NOW)).toBe(expected);
});
