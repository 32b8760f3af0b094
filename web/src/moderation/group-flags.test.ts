import { expect, test } from "vitest";
import { groupFlags } from "./group-flags.ts";

const at = "2031-01-14T14:02:10.000Z";
const flag = (id: number, insightId: string, reason: "spam" | "misleading") =>
  ({ id, insightId, at, reason, details: null, author: `reader ${id}` }) as const;

test("flags stand by insight, and each reason is told once", () => {
  const groups = groupFlags([
    flag(4, "b", "spam"),
    flag(3, "a", "spam"),
    flag(2, "b", "misleading"),
    flag(1, "b", "spam"),
  ]);
  expect(groups.map(({ insightId, reasons, flags }) => [insightId, reasons, flags.length])).toEqual([
    ["b", "spam 2, misleading", 3],
    ["a", "spam", 1],
  ]);
});
