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
  const points = [hour(1), hour(2), hour(12)];
  expect(toldOf(withGaps({ resolution: "hour", available: 3, points }, points))).toEqual([
    ["01:00:00", 1],
    ["02:00:00", 2],
    ["03:00:00", null],
    ["11:00:00", null],
    ["12:00:00", 12],
  ]);
});

test("an hour in which no block was found is no gap", () => {
  const points = [hour(1), hour(4)];
  expect(withGaps({ resolution: "hour", available: 2, points }, points)).toEqual(points);
});

test("one day that is missing is one that is not known", () => {
  const day = (of: number) => ({ time: `2031-01-0${of}T00:00:00.000Z`, height: null, value: of });
  const points = [day(1), day(3)];
  expect(
    withGaps({ resolution: "day", available: 2, points }, points).map(({ time, value }) => [time.slice(0, 10), value]),
  ).toEqual([
    ["2031-01-01", 1],
    ["2031-01-02", null],
    ["2031-01-03", 3],
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

test("blocks are drawn in the order of their times, whatever the clocks of miners say", () => {
  const points = [
    { time: "2031-01-01T00:10:00.000Z", height: 1, value: 1 },
    { time: "2031-01-01T00:40:00.000Z", height: 2, value: 2 },
    { time: "2031-01-01T00:20:00.000Z", height: 3, value: 3 },
  ];
  const drawn = withGaps({ resolution: "block", available: 3, points }, points);
  expect(drawn.map(({ height }) => height)).toEqual([1, 3, 2]);
});
