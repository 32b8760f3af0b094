import { expect, test } from "vitest";
import { dayBefore, dayOf, newestDueDay, spanOfDay, writeDay } from "./day.ts";

const at = (text: string): number => Date.parse(text) / 1_000;

test("a brief is due at 07:00 UTC of the day after", () => {
  expect(newestDueDay(at("2026-03-15T06:59:59Z"))).toBe("2026-03-13");
  expect(newestDueDay(at("2026-03-15T07:00:00Z"))).toBe("2026-03-14");
  expect(newestDueDay(at("2026-03-16T00:00:00Z"))).toBe("2026-03-14");
});

test("a day reaches from midnight to midnight, over months and leap days", () => {
  expect(spanOfDay("2028-02-29")).toEqual({ from: at("2028-02-29T00:00:00Z"), to: at("2028-03-01T00:00:00Z") });
  expect(dayBefore("2028-03-01")).toBe("2028-02-29");
  expect(dayBefore("2026-01-03", 7)).toBe("2025-12-27");
  expect(dayOf(at("2026-03-14T23:59:59Z"))).toBe("2026-03-14");
  expect(writeDay("2026-03-04")).toBe("4 March 2026");
});

test.each(["2026-02-29", "2026-13-01", "2026-3-1", "today", "", "2026-03-14T00:00"])("%s is no day", (text) => {
  expect(spanOfDay(text)).toBeUndefined();
});
