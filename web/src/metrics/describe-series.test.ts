import { beforeAll, expect, test } from "vitest";
import type { Series } from "#contract";
import { chooseLocale } from "../format/locale.ts";
import { describeSeries } from "./describe-series.ts";

beforeAll(() => chooseLocale("en-GB"));

const SERIES: Series = {
  metric: {
    name: "txs",
    title: "Transactions",
    unit: "transactions",
    meaning: "",
    source: "`Core`",
    needs: null,
    usual: "sum",
  },
  from: "2031-01-01T00:00:00Z",
  to: "2031-01-31T00:00:00Z",
  resolution: "hour",
  aggregate: "sum",
  available: 0,
  labelVersion: null,
  unmade: 0,
  points: [],
};

test.each([
  [{}, "by hours, sum of their blocks, the hour under way left out · Core"],
  [
    { unmade: 706 },
    "not whole yet, 706 hours are still to be made; by hours, sum of their blocks, the hour under way left out · Core",
  ],
  [{ resolution: "block", aggregate: null, unmade: 1 }, "block by block until 1 hour is made · Core"],
  [{ resolution: "block", aggregate: null, available: 9_000 }, "block by block; 0 of 9,000 points drawn · Core"],
] as const)("%o is described", (differs, text) => {
  expect(describeSeries({ ...SERIES, ...differs })).toBe(text);
});
