import { expect, test } from "vitest";
import type { ChartModel } from "./chart-model.ts";
import { chartAsCsv } from "./export-chart.ts";

const MODEL: ChartModel = {
  unit: "satoshis",
  series: [
    {
      name: "In",
      hue: "exchange",
      shape: "bars",
      points: [
        { time: "2031-01-01T00:00:00.000Z", height: 7, value: 1 },
        { time: "2031-01-02T00:00:00.000Z", height: 8, value: 2.5 },
      ],
    },
    {
      name: 'Out, "all"',
      hue: "exchange",
      shape: "bars",
      points: [{ time: "2031-01-02T00:00:00.000Z", height: 8, value: -3 }],
    },
  ],
};

test("a table of all points, each series a column, what is unknown empty, with what it is above", () => {
  const text = chartAsCsv(MODEL, { title: "Flows", source: "simulated\nnetwork", scheme: "light" }, "2031-01-03");
  expect(text.split("\n")).toEqual([
    "# Flows",
    "# simulated network",
    "# utxoIQ, 2031-01-03",
    'time,height,In (satoshis),"Out, ""all"" (satoshis)"',
    "2031-01-01T00:00:00.000Z,7,1,",
    "2031-01-02T00:00:00.000Z,8,2.5,-3",
    "",
  ]);
});
