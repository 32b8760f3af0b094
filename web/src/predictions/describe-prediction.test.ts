import { beforeAll, expect, test } from "vitest";
import type { Scorecard } from "#contract";
import { chooseLocale } from "../format/locale.ts";
import { formatForecast, judge, nameOfPrediction } from "./describe-prediction.ts";

beforeAll(() => chooseLocale("en-GB"));

test.each([
  ["fee-rate", "within 3 blocks", "Fee, within 3 blocks"],
  ["next-halving", null, "Next halving"],
  ["exchange-pressure", null, "All exchanges"],
  ["exchange-pressure", "Varnost Exchange (simulated)", "Varnost Exchange"],
  ["large-transfer", "Whale 01 (simulated)", "Large transfer, Whale 01"],
  ["coin-days-destroyed", null, "Coin days destroyed"],
] as const)("%s of %s is called %s", (kind, subject, name) => {
  expect(nameOfPrediction({ kind, subject })).toBe(name);
});

test.each([
  [7.25, "sat/vB", "fee-rate", "7.3"],
  [-0.0325, "ratio", "next-difficulty", "−3.3\u00a0%"],
  [0.105, "ratio", "next-difficulty", "+10.5\u00a0%"],
  [-0.184, "ratio", "exchange-pressure", "−0.18"],
  [0, "ratio", "exchange-pressure", "0.00"],
  [2_050_992_000, "unix-seconds", "next-halving", "29 Dec 2034"],
] as const)("%d %s of %s is written %s", (value, unit, kind, text) => {
  expect(formatForecast(value, { unit, kind })).toBe(text);
});

function resolved(said: Pick<Scorecard["resolved"][number], "statement" | "outcome"> & { covered?: boolean }) {
  const { covered = false, ...rest } = said;
  return {
    ...rest,
    kind: "fee-rate",
    intervals: [{ level: 0.8, covered, width: 1, winkler: 1 }],
  } as unknown as Scorecard["resolved"][number];
}

test("what came is told beside what was said", () => {
  const fees = {
    type: "value",
    unit: "sat/vB",
    rule: "",
    median: 2,
    intervals: [{ level: 0.8, low: 1, high: 4 }],
  } as const;
  const statement = { ...fees, intervals: [...fees.intervals] };
  const claim = (probability: number | null) => ({ type: "claim", text: "", probability }) as const;
  expect(judge(resolved({ statement, outcome: { type: "value", value: 3 }, covered: true }))).toEqual({
    word: "Within",
    detail: "said 1.0 to 4.0, came 3.0",
  });
  expect(judge(resolved({ statement, outcome: { type: "value", value: 12 } })).word).toBe("Outside");
  expect(judge(resolved({ statement, outcome: { type: "unknown", reason: "Nobody looked." } }))).toEqual({
    word: "Not known",
    detail: "Nobody looked.",
  });
  expect(judge(resolved({ statement: claim(0.744), outcome: { type: "claim", came: true } }))).toEqual({
    word: "Came true",
    detail: "said 74 %",
  });
  expect(judge(resolved({ statement: claim(null), outcome: { type: "claim", came: false } }))).toEqual({
    word: "Did not",
    detail: "no confidence said",
  });
});
