import { expect, test } from "vitest";
import { modelWithin } from "./chart-model.ts";

const points = [1, 2, 3].map((day) => ({ time: `2031-01-0${day}T00:00:00.000Z`, height: null, value: day }));
const MODEL = { unit: "blocks", series: [{ name: "One", hue: "text", shape: "line", points }] } as const;

test("of a chart that is zoomed the points of that time are left", () => {
  const at = (day: number): number => Date.parse(`2031-01-0${day}T00:00:00.000Z`);
  const seen = modelWithin(MODEL, { from: at(2), to: at(3) });
  expect(seen.series[0]?.points.map(({ value }) => value)).toEqual([2, 3]);
  expect(modelWithin(MODEL, undefined)).toBe(MODEL);
});
