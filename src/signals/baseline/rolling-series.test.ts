import { expect, test } from "vitest";
import { pseudoRandom } from "../../../test/helpers/pseudo-random.ts";
import { median } from "./median.ts";
import { RollingSeries } from "./rolling-series.ts";
import { selectMiddle } from "./select-middle.ts";

const CAPACITY = 60;

/** Few different values, so that many are equal, and now and then none; they rise and fall by and by. */
function wave(length: number): number[] {
  const random = pseudoRandom(5);
  return Array.from({ length }, (_, place) => {
    const middle = 40 * Math.sin(place / 50);
    return random() < 0.05 ? Number.NaN : Math.round(50 + middle + (random() < 0.5 ? 0 : 20 * random())) - 50;
  });
}

test("a series tells of its last values what is told by them alone", () => {
  const values = wave(900);
  let series = new RollingSeries(CAPACITY);
  for (const [place, value] of values.entries()) {
    series.push(value);
    if (place % 100 === 99) series = series.copy();
    const last = values.slice(Math.max(0, place + 1 - CAPACITY), place + 1);
    const sorted = last.filter((other) => !Number.isNaN(other)).toSorted((left, right) => left - right);
    expect(series.known).toBe(sorted.length);
    expect(series.at(1)).toBe(value);
    expect([series.median(), selectMiddle(series.present())]).toEqual([median(sorted), median(sorted)]);
    expect([...series.sorted()]).toEqual(sorted);
    const count = place % 7 === 0 ? 24 : 6;
    const highest = series.highest(count);
    const ranks = Array.from({ length: count }, (_, rank) => rank);
    expect(ranks.map((rank) => highest.at(rank))).toEqual(ranks.map((rank) => sorted.at(-1 - rank) ?? Number.NaN));
    expect(series.countSigns(3, 30)).toEqual({
      ups: last.slice(-30, -2).filter((other) => other > 0).length,
      downs: last.slice(-30, -2).filter((other) => other < 0).length,
    });
    expect(series.sumOfLast(5)).toBe(last.length < 5 ? Number.NaN : last.slice(-5).reduce((sum, other) => sum + other));
  }
});

test("values above a level that follow within the gap are one event", () => {
  const series = new RollingSeries(9);
  for (const value of [9, 9, 0, 5, 6, 0, 0, 7, 0, 5, 6]) series.push(value);
  expect(series.countRuns(4, 1)).toEqual({ values: 5, events: 3 });
  expect(series.countRuns(4, 2)).toEqual({ values: 5, events: 2 });
  expect(series.countRuns(7, 2)).toEqual({ values: 0, events: 0 });
});
