import { expect, test } from "vitest";
import { linesOf } from "./count-chart.ts";

const at = (day: number): string => `2031-01-0${day}T00:00:00.000Z`;

test("a day in which nothing of a kind was found has none of it, and no kind has another's days", () => {
  const lines = linesOf([
    { time: at(1), name: "a", value: 2 },
    { time: at(2), name: "b", value: 1 },
    { time: at(2), name: "b", value: 3 },
  ]);
  expect(lines.map(({ name, points }) => [name, points.map(({ value }) => value)])).toEqual([
    ["b", [0, 4]],
    ["a", [2, 0]],
  ]);
});

test("of many the commonest have a line each and the others share one", () => {
  const told = ["a", "b", "c", "d"].map((name, index) => ({ time: at(1), name, value: 10 - index }));
  const lines = linesOf(told, 2);
  expect(lines.map(({ name, points }) => [name, points[0]?.value])).toEqual([
    ["a", 10],
    ["b", 9],
    ["others", 15],
  ]);
});
