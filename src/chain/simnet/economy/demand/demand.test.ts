import { expect, test } from "vitest";
import { demandFactor, firstDemand } from "./demand.ts";

/** Times the usual, where nothing else moves it. */
const at = (time: string) => demandFactor(firstDemand(1), Date.parse(time) / 1_000, 0);

const WORKDAYS = ["2031-01-06", "2031-01-07", "2031-01-08", "2031-01-09", "2031-01-10"];
const WEEKEND = ["2031-01-11", "2031-01-12"];

test("follows the hour of the day: most in the afternoon (UTC), least at night", () => {
  const hours = Array.from({ length: 24 }, (_, hour) => at(`2031-01-08T${String(hour).padStart(2, "0")}:30:00Z`));
  expect(Math.max(...hours)).toBeCloseTo(1.15, 2);
  expect(Math.min(...hours)).toBeCloseTo(0.87, 2);
  expect(hours.indexOf(Math.max(...hours))).toBe(14);
  expect(hours.indexOf(Math.min(...hours))).toBe(2);
});

test("is less on Saturdays and Sundays than on every other day", () => {
  for (const workday of WORKDAYS) {
    for (const day of WEEKEND) expect(at(`${day}T09:00:00Z`) / at(`${workday}T09:00:00Z`)).toBeCloseTo(0.907, 2);
    expect(at(`${workday}T09:00:00Z`)).toBe(at(`${WORKDAYS[0]}T09:00:00Z`));
  }
});

test("what is staged multiplies it", () => {
  const time = Date.parse("2031-01-08T09:00:00Z") / 1_000;
  expect(demandFactor(firstDemand(1), time, 3) / demandFactor(firstDemand(1), time, 0)).toBeCloseTo(8, 3);
});
