import { expect, test } from "vitest";
import { isCurrent } from "./is-current.ts";

const FEED = { to: "/dashboard", search: {} } as const;
const STATUS = { to: "/dashboard", search: { tab: "status" } } as const;
const SCORECARD = { to: "/scorecard", search: {} } as const;

test.each([
  [FEED, "/dashboard", {}, true],
  [FEED, "/dashboard", { category: "whale" }, true],
  [FEED, "/dashboard", { tab: "status" }, false],
  [STATUS, "/dashboard", { tab: "status" }, true],
  [STATUS, "/dashboard", {}, false],
  [SCORECARD, "/scorecard", { kind: "fee-rate" }, true],
  [SCORECARD, "/scorecard/7", {}, true],
  [SCORECARD, "/scorecards", {}, false],
])("%j at %s %j: %s", (link, pathname, search, expected) => {
  expect(isCurrent(link, { pathname, search })).toBe(expected);
});
