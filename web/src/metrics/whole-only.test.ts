import { expect, test } from "vitest";
import { wholeOnly } from "./whole-only.ts";

const at = (time: string) => ({ time, height: null, value: 1 });
const points = [at("2031-01-01T22:00:00.000Z"), at("2031-01-01T23:00:00.000Z")];

test("an hour that is not over is not drawn", () => {
  expect(wholeOnly({ points, resolution: "hour", to: "2031-01-01T23:20:00.000Z" })).toEqual(points.slice(0, 1));
  expect(wholeOnly({ points, resolution: "hour", to: "2031-01-02T00:00:00.000Z" })).toEqual(points);
});

test("a block is whole, and where there is nothing else a part is better than nothing", () => {
  expect(wholeOnly({ points, resolution: "block", to: "2031-01-01T23:00:01.000Z" })).toEqual(points);
  expect(wholeOnly({ points: points.slice(1), resolution: "day", to: "2031-01-01T23:20:00.000Z" })).toHaveLength(1);
});
