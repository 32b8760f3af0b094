import type { LeanRule } from "../baseline/lean.ts";
import { leanDetector } from "../lean-detector.ts";

/** Two days, two weeks of habit, and two days in which it is told once; 25 BTC an hour. */
const RULE: LeanRule = { span: 48, habit: 336, quiet: 48, budget: 1, against: "downs", least: 2_500_000_000 };

/** More comes to an exchange than leaves it, hour after hour. Definition: docs/signals/inflow-streak.md. */
export const inflowStreak = leanDetector({
  kind: "inflow-streak",
  subjects: ["exchange"],
  sign: 1,
  counted: "more inflow than outflow",
  leastMoved: 0,
  partyOf: ({ to }) => to,
  rule: RULE,
});

/** More leaves an exchange than comes to it, hour after hour. Definition: docs/signals/outflow-streak.md. */
export const outflowStreak = leanDetector({
  kind: "outflow-streak",
  subjects: ["exchange"],
  sign: -1,
  counted: "more outflow than inflow",
  leastMoved: 0,
  partyOf: ({ from }) => from,
  rule: RULE,
});
