import { expect, test } from "vitest";
import { eventModel } from "./event-model.ts";

const SPEC = {
  series: { name: "Inscriptions", unit: "count", of: { from: "block", field: "inscriptions" } },
  window: { fromHeight: 1, toHeight: 4 },
  marks: { event: { fromHeight: 2, toHeight: 3 }, usual: null },
} as const;
const points = [1, 2, 3, 4].map((height) => ({ height, time: `2031-01-01T00:0${height}:00.000Z`, value: 10 * height }));

test("the blocks of the event are a series of their own, and each block stands in one", () => {
  const { series, unit } = eventModel(SPEC, { points }, "network");
  expect(series.map(({ name, hue, points: own }) => [name, hue, own.map(({ value }) => value)])).toEqual([
    ["Inscriptions", "network", [10, 40]],
    ["Blocks 2 to 3", "network", [20, 30]],
  ]);
  expect(unit).toBe("inscriptions");
});

test("what is usual is a level", () => {
  const feeRates = {
    ...SPEC,
    series: { ...SPEC.series, unit: "sat/vB" },
    marks: { ...SPEC.marks, usual: 1.25 },
  } as const;
  expect(eventModel(feeRates, { points }, "mempool").level).toEqual({ name: "usual: 1.3 sat/vB", value: 1.25 });
});
