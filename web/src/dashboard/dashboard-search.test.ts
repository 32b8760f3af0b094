import { expect, test } from "vitest";
import { readDashboardSearch } from "./dashboard-search.ts";

test("tab and category stand in the address, what is first or unknown does not", () => {
  expect(readDashboardSearch({ tab: "status", category: "whale" })).toEqual({ tab: "status", category: "whale" });
  expect(readDashboardSearch({ tab: "insights", category: "all" })).toEqual({});
  expect(readDashboardSearch({ tab: "metrics", range: "90d", by: "day" })).toEqual({
    tab: "metrics",
    range: "90d",
    by: "day",
  });
  expect(readDashboardSearch({ range: "30d", by: "auto" })).toEqual({});
  expect(readDashboardSearch({ tab: "secrets", category: "weather", other: "1" })).toEqual({});
});
