import { describe, expect, test } from "vitest";
import type { Insight } from "#contract";
import { belongsTo, countHidden, nameOfKind, parametersOf, readFilter } from "./feed-filter.ts";

const WHOLE = { category: "whale", kind: "fee-spike", status: "confirmed", confidence: 70, q: "kraken out" } as const;

test("a time is asked for from when it began, and what is older does not belong", () => {
  const from = "2031-01-02T00:00:00.000Z";
  expect(readFilter({ since: "7d", from })).toEqual({ since: "7d" });
  expect(String(parametersOf({ since: "7d", from }))).toBe(String(new URLSearchParams({ from })));
  const at = (blockTime: string) => ({ headline: "", summary: "", blockTime }) as Insight;
  expect(belongsTo({ since: "7d", from })(at("2031-01-01T23:59:59.000Z"))).toBe(false);
  expect(belongsTo({ since: "7d", from })(at(from))).toBe(true);
});

test("a filter is read from the address, and what is not known is left out", () => {
  expect(readFilter({ ...WHOLE, confidence: "70" })).toEqual(WHOLE);
  const odd = { category: "weather", kind: "<b>", status: "lost", confidence: "71", q: "  " };
  expect(readFilter(odd)).toEqual({});
  expect(readFilter({ category: "all" })).toEqual({});
});

test("the server is asked for the same", () => {
  expect(parametersOf(WHOLE).toString()).toBe(
    "category=whale&kind=fee-spike&status=confirmed&minConfidence=0.7&q=kraken+out",
  );
  expect(parametersOf({}).toString()).toBe("");
});

describe("an insight of the stream", () => {
  const insight = {
    category: "whale",
    kind: "fee-spike",
    status: "confirmed",
    confidence: 0.7,
    headline: "Kraken paid",
    summary: "Coins went out.",
  } as Insight;

  test.each([
    [{}, true],
    [WHOLE, true],
    [{ category: "miner" }, false],
    [{ kind: "fee-level" }, false],
    [{ status: "retracted" }, false],
    [{ confidence: 80 }, false],
    [{ q: "kraken miners" }, false],
  ] as const)("belongs to %j: %j", (filter, belongs) => {
    expect(belongsTo(filter)(insight)).toBe(belongs);
  });

  test("that states no confidence has none", () => {
    expect(belongsTo({ confidence: 50 })({ ...insight, confidence: null })).toBe(false);
  });
});

test("parts that are out of sight are counted, and a kind has a name", () => {
  expect([countHidden({}), countHidden(WHOLE)]).toEqual([0, 3]);
  expect(nameOfKind("coin-days-destroyed")).toBe("Coin days destroyed");
});
