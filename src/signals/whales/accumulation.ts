import type { EntityKind } from "#features";
import type { LeanRule } from "../baseline/lean.ts";
import { leanDetector } from "../lean-detector.ts";

/** Who may be a whale: whoever keeps coins of his own, and neither mines them nor holds or trades them for others. */
const WHALE_KINDS: readonly EntityKind[] = ["person", "simulated", "other"];

/** 1,000 BTC: the band from which the field speaks of whales. */
const WHALE_SATS = 100_000_000_000;

/** Five days, three such spans of habit, and four days in which it is told once; 25 BTC an hour. */
const RULE: LeanRule = { span: 120, habit: 360, quiet: 96, budget: 1, against: "habit", least: 2_500_000_000 };

/** A whale receives in many more hours than it sends. Definition: docs/signals/whale-accumulation.md. */
export const whaleAccumulation = leanDetector({
  kind: "whale-accumulation",
  subjects: WHALE_KINDS,
  sign: 1,
  counted: "more received than sent",
  leastMoved: WHALE_SATS,
  partyOf: ({ to }) => to,
  rule: RULE,
});

/** A whale sends in many more hours than it receives. Definition: docs/signals/whale-distribution.md. */
export const whaleDistribution = leanDetector({
  kind: "whale-distribution",
  subjects: WHALE_KINDS,
  sign: -1,
  counted: "more sent than received",
  leastMoved: WHALE_SATS,
  partyOf: ({ from }) => from,
  rule: RULE,
});
