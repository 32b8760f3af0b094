import { beforeAll, expect, test } from "vitest";
import { chooseLocale } from "../format/locale.ts";
import type { ChartModel } from "./chart-model.ts";
import { chartOption } from "./chart-option.ts";

const at = (hour: number, value: number) => ({ time: `2031-01-01T0${hour}:00:00.000Z`, height: null, value });
const MODEL: ChartModel = {
  unit: "sat/vB",
  series: [
    { name: "low", hue: "mempool", shape: "line", points: [at(0, 1), at(1, 2), at(2, 3)] },
    { name: "high", hue: "mempool", shape: "line", points: [at(0, 5), at(2, 9)] },
  ],
  band: { low: "low", high: "high" },
};

type Option = {
  readonly series: readonly { readonly name?: string; readonly data: readonly (readonly [number, number])[] }[];
  readonly tooltip: { readonly formatter: (hovered: readonly unknown[]) => string };
};

beforeAll(() => chooseLocale("en-GB"));

const optionOf = (model: ChartModel): Option => chartOption(model, (token) => token) as unknown as Option;

test("the axis tells times as crosshair and table do, wherever the reader is", () => {
  expect(chartOption(MODEL, (token) => token)).toMatchObject({ useUTC: true, xAxis: { type: "time" } });
  const { xAxis } = chartOption(MODEL, (token) => token) as unknown as {
    readonly xAxis: { readonly axisLabel: { readonly formatter: (time: number) => string } };
  };
  const times = ["2031-01-01T14:30Z", "2031-01-14T00:00Z", "2031-02-01T00:00Z", "2031-01-01T00:00Z"];
  expect(times.map((time) => xAxis.axisLabel.formatter(Date.parse(time)))).toEqual([
    "14:30",
    "14 Jan",
    "{primary|Feb}",
    "{primary|2031}",
  ]);
});

test("a band is as wide as the distance of its two series, where both have a value", () => {
  const widths = optionOf(MODEL)
    .series.at(-1)
    ?.data.map(([, width]) => width);
  expect(widths).toEqual([4, 6]);
});

test("the tooltip tells the series, not what helps to draw the band, and takes no markup from a name", () => {
  const { formatter } = optionOf({
    ...MODEL,
    series: [{ name: "<b>x", hue: "mempool", shape: "line", points: [at(0, 1)] }],
  }).tooltip;
  const text = formatter([
    { seriesName: "<b>x", value: [Date.parse("2031-01-01"), 2.5], color: "red" },
    { seriesName: "series 0", value: [0, 7], color: "red" },
  ]);
  expect(text).toContain("1 Jan 2031, 00:00 UTC");
  expect(text).toContain("&lt;b>x");
  expect(text).toContain("2.5 sat/vB");
  expect(text).not.toContain("series 0");
});

test("what is counted stands as columns on each other, with nothing drawn between its times", () => {
  const series = [{ name: "a", hue: "whale", shape: "columns", points: [at(0, 1), at(5, 2)] }] as const;
  expect(optionOf({ unit: "insights", series }).series).toMatchObject([{ type: "bar", stack: "all" }]);
});
