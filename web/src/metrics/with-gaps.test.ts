import { expect, test } from "vitest";
import { withGaps } from "./with-gaps.ts";

const hour = (of: number) => ({
  time: `2031-01-01T${String(of).padStart(2, "0")}:00:00.000Z`,
  height: null,
  value: of,
});
const block = (height: number) => ({
  time: new Date(Date.UTC(2031, 0, 1, 0, 10 * height)).toISOString(),
  height,
  value: height,
});
const toldOf = (points: readonly { readonly time: string; readonly value: number | null }[]) =>
  points.map(({ time, value }) => [time.slice(11, 19), value]);

test("hours that nobody counted have nothing at both ends of them", () => {
  const points = [hour(1), hour(2), hour(7)];
  expect(toldOf(withGaps({ resolution: "hour", available: 3, points }, points))).toEqual([
    ["01:00:00", 1],
    ["02:00:00", 2],
    ["03:00:00", null],
    ["06:00:00", null],
    ["07:00:00", 7],
  ]);
});

test("one hour that is missing is one that is not known", () => {
  const points = [hour(1), hour(3)];
  expect(toldOf(withGaps({ resolution: "hour", available: 2, points }, points))).toEqual([
    ["01:00:00", 1],
    ["02:00:00", null],
    ["03:00:00", 3],
  ]);
});

test("blocks that are missing are a gap, however long the next one took to be found", () => {
  const points = [block(1), block(2), block(5)];
  expect(toldOf(withGaps({ resolution: "block", available: 3, points }, points))).toEqual([
    ["00:10:00", 1],
    ["00:20:00", 2],
    ["00:20:01", null],
    ["00:49:59", null],
    ["00:50:00", 5],
  ]);
});

test("a series that was thinned out has no gaps", () => {
  const points = [block(1), block(9)];
  expect(withGaps({ resolution: "block", available: 9, points }, points)).toEqual(points);
});
