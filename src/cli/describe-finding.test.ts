import { expect, test } from "vitest";
import type { DayFinding } from "#signals";
import { describeFinding } from "./describe-finding.ts";

const COIN = 100_000_000;

const INFLOW: DayFinding = {
  kind: "inflow-spike",
  firstDay: 10,
  day: 18,
  direction: "above",
  unit: "sats",
  value: 584_130 * COIN,
  usual: 107_767 * COIN,
  level: 466_805 * COIN,
  surprise: { percentile: 100, sampleSize: 2_016 },
  strength: 1.25,
};

/** 2020-03-13 less eighteen days. */
const FIRST_DAY = Date.UTC(2020, 1, 24) / 86_400_000;

test.each<[string, Partial<DayFinding>, string]>([
  [
    "an inflow",
    {},
    "584,130 BTC came to exchanges within 9 days, against the usual 107,767 BTC (5.4 times as much), more than in all of the 2,016 days before (inflow-spike, 1.25 times the level of 466,805 BTC)",
  ],
  [
    "an outflow where nothing is usual",
    { kind: "outflow-spike", usual: 0 },
    "584,130 BTC left exchanges within 9 days, where usually there is none, more than in all of the 2,016 days before (outflow-spike, 1.25 times the level of 466,805 BTC)",
  ],
  [
    "fees",
    { kind: "fee-spike", firstDay: 16, unit: "sat/vB", value: 303.2, usual: 19, level: 158, surprise: null },
    "Fees rose to 303 sat/vB at the median of 3 days, against the usual 19.0 sat/vB of the 72 days before (16 times as much) (fee-spike, 1.25 times the level of 158 sat/vB)",
  ],
  [
    "a level that falls",
    {
      kind: "fee-level",
      direction: "below",
      unit: "sat/vB",
      value: 10.6,
      usual: 39.2,
      level: 10.7,
      surprise: { percentile: 99.65, sampleSize: 2_016 },
    },
    "The fee level of 9 days fell to 10.6 sat/vB, from 39.2 sat/vB, lower than in 99.6 % of the 2,016 days before (fee-level, 1.25 times the level of 10.7 sat/vB)",
  ],
  [
    "a streak",
    { kind: "outflow-streak", unit: "count", value: 22, usual: -6, level: 21, surprise: null },
    "Over 9 days, exchanges lost coins in 22 more spans of six days than they gained them in; usually they gain in 6 more (outflow-streak, 1.25 times the level of 21)",
  ],
  [
    "a reserve",
    { kind: "reserve-change", direction: "below", surprise: null },
    "What exchanges hold fell by 584,130 BTC within 9 days, against the usual 107,767 BTC either way (reserve-change, 1.25 times the level of 466,805 BTC)",
  ],
])("of %s a person reads what happened and compared with what", (_, changes, sentence) => {
  expect(describeFinding({ ...INFLOW, ...changes }, FIRST_DAY)).toBe(`2020-03-13  ${sentence}`);
});
