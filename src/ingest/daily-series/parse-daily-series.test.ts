import { describe, expect, test } from "vitest";
import { parseDailySeries, type SeriesReading } from "./parse-daily-series.ts";

const COIN = 100_000_000;

function parse(text: string, options: Partial<SeriesReading> = {}) {
  return parseDailySeries({ path: "own.csv", text, told: {}, amounts: "btc", ...options });
}

describe("a daily series", () => {
  test("of Coin Metrics is known by its header", () => {
    const text = "time,PriceUSD,BlkCnt,FeeTotNtv,FlowInExNtv,FlowOutExNtv\n2024-04-20,60000,130,1300,2,3\n";
    const { firstDay, days } = parse(text);
    expect(new Date(firstDay * 86_400_000).toISOString()).toBe("2024-04-20T00:00:00.000Z");
    expect(days).toEqual([{ inflow: 2 * COIN, outflow: 3 * COIN, feeRate: 1_000, blocks: 130 }]);
  });

  test("in dollars is told in coins at the price of its day", () => {
    const { days } = parse("time,PriceUSD,FlowInExUSD\n2024-01-01,50000,100000\n2024-01-02,,100000\n2024-01-03,1,7\n");
    expect(days.map(({ inflow }) => inflow)).toEqual([2 * COIN, null, 7 * COIN]);
  });

  test("with plain columns is what the user says it is, in the unit that he says", () => {
    const text = "timestamp,value\n1704067200,5\n1704153600,6\n";
    expect(parse(text, { told: { inflow: "Value" }, amounts: "sats" }).days.map(({ inflow }) => inflow)).toEqual([
      5, 6,
    ]);
    expect(parse(text, { told: { feeRate: "value" } }).days.map(({ feeRate }) => feeRate)).toEqual([5, 6]);
    // What is told counts before what a name tells.
    const named = "date,inflow,other\n2024-01-01,1,9\n";
    expect(parse(named, { told: { inflow: "other" } }).days[0]).toMatchObject({ inflow: 9 * COIN, outflow: null });
    expect(parse(named, { told: { outflow: "inflow" } }).days[0]).toMatchObject({ inflow: null, outflow: COIN });
  });

  test("may come in any order, with gaps, moments for days, and empty fields", () => {
    const { firstDay, days } = parse(
      "day,inflow\r\n2024-01-04T00:00:00Z,4\r\n2024-01-01 00:00:00,\r\n2024-01-02,2\r\n",
    );
    expect(new Date(firstDay * 86_400_000).getUTCDate()).toBe(2);
    expect(days.map(({ inflow }) => inflow)).toEqual([2 * COIN, null, 4 * COIN]);
  });

  test.each([
    ["date,inflow\n2024-01-01,1\n2024-02-30,1\n", 'line 3, column date: "2024-02-30" is no day'],
    ["date,inflow\n2024-01-01T13:00:00Z,1\n", 'line 2, column date: "2024-01-01T13:00:00Z" is no day'],
    ["date,inflow\n2024-01-01,1\n2024-01-01,2\n", "line 3, column date: the day has a row already, line 2"],
    ["date,inflow\n2024-01-01,one\n", 'line 2, column inflow: "one" is no number'],
    ["date,inflow\n2024-01-01,-5\n", "line 2, column inflow: -5 is below 0"],
    ["date,inflow\n2024-01-01,1e999\n", 'line 2, column inflow: "1e999" is no number'],
    ["date,FlowInExUSD\n2024-01-01,5\n", "line 2, column FlowInExUSD: US dollars need a price"],
    ["date,value\n2024-01-01,5\n", "line 1: no column of the header row is known to be a flow or fees: date, value"],
    ["when,inflow\n2024-01-01,5\n", "line 1: no column of the header row is known to be the date: when, inflow"],
    ["date,inflow\n2024-01-01,1,005\n", "line 2: 3 fields, where the header row has 2"],
    ["date,inflow\n2024-01-01,1\n2024-01-02\n", "line 3: 1 fields, where the header row has 2"],
    ["date,inflow\n", "line 2: no row after the header row has a number"],
    ["date,inflow\n2024-01-01,\n", "line 2: no row after the header row has a number"],
    ["", "line 1: it is empty"],
    ['date,inflow\n"2024', "line 2: no CSV"],
  ])("%j ends in an error that names the place", (text, message) => {
    expect(() => parse(text)).toThrow(`own.csv, ${message}`);
  });

  test("a column that is told and not there ends in an error that names those that are", () => {
    const told = { inflow: "flows" };
    expect(() => parse("date,inflow\n2024-01-01,5\n", { told })).toThrow("has no column flows: date, inflow");
  });
});
