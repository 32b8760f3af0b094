import type { Surprise } from "../signal.ts";
import { BUDGET_BLOCKS } from "./judge.ts";
import { leastOfBinomial } from "./binomial.ts";
import { median } from "./median.ts";
import type { Memory } from "./memory.ts";
import { rankAmong } from "./rank-among.ts";
import type { RollingSeries } from "./rolling-series.ts";
import { selectMiddle } from "./select-middle.ts";

/** Blocks that are looked at as one: about an hour, so that what comes in a burst counts once. */
export const BIN_BLOCKS = 6;

export type LeanRule = {
  /** Bins over which the ups and downs are counted. */
  readonly span: number;
  /** Bins before them that say how often it goes up by habit. */
  readonly habit: number;
  /** Bins in which an event is told once. */
  readonly quiet: number;
  /** False alarms that the kind may raise in a month, over all its subjects. */
  readonly budget: number;
  /** What has to be rare enough to stand out: so many ups beside the downs, or beside the ups that it has by habit. */
  readonly against: "downs" | "habit";
  /** A bin that changes less goes neither up nor down: too little to matter to anybody. */
  readonly least: number;
};

export type Lean = {
  readonly surprise: Surprise;
  /** Bins that went up and down. */
  readonly ups: number;
  readonly downs: number;
  /** Ups less downs: middle of those before, and what it had to reach. */
  readonly middle: number;
  readonly level: number;
};

/** Weight of "as often up as down" against what a subject did before, in bins. */
const EVEN_BINS = 100;

/** What stands out against habit has to be a majority, too: what chance makes once in thirty times. */
const MAJORITY = 0.03;

/** Blocks that a rule looks back on, all in all. */
export function leanLookBack({ span, habit, quiet }: LeanRule): number {
  return (span + habit + quiet + 1) * BIN_BLOCKS;
}

/**
 * Whether something went up far more often than down, bin by bin: a sign test, which no single large change can pass.
 * Against even odds, and against the subject's own habit where it goes up more often than down anyhow. How rare it has
 * to be follows from the budget, shared by all subjects and by all bins that could have made it pass.
 * Source: Dixon & Mood (1946), The statistical sign test.
 * @param change of the bin that is complete
 * @returns `undefined` where it does not stand out, has been told, or too little is known
 */
export function judgeLean(
  memory: Memory,
  { change, subjects }: { readonly change: number; readonly subjects: number },
  rule: LeanRule,
): Lean | undefined {
  const signs = memory.series("signs", rule.span + rule.habit);
  const balances = memory.series("balances", rule.habit);
  signs.push(Math.abs(change) >= rule.least ? Math.sign(change) : 0);
  const { ups, downs } = signs.countSigns(1, rule.span);
  const isKnown = signs.length >= rule.span + rule.habit;
  const level = isKnown ? leastUps(signs, { ups, downs }, subjects, rule) : Number.POSITIVE_INFINITY;
  const found = memory.tellOnce(rule.quiet, ups >= level)
    ? { ups, downs, level: 2 * level - ups - downs, ...rank(balances.present(), ups - downs) }
    : undefined;
  balances.push(ups - downs);
  return found;
}

type Signs = { readonly ups: number; readonly downs: number };

/** How many bins of the span have to go up. */
function leastUps(signs: RollingSeries, { ups, downs }: Signs, subjects: number, rule: LeanRule): number {
  const { span, habit, budget, against } = rule;
  // The chance that is taken for even odds is not below them, so what stands out is a majority.
  if (ups <= downs) return Number.POSITIVE_INFINITY;
  const before = signs.countSigns(span + 1, span + habit);
  const chance = Math.max(0.5, (before.ups + EVEN_BINS / 2) / (before.ups + before.downs + EVEN_BINS));
  // Each bin that goes the way that is counted is one more look.
  const looksOf = (bins: number) => (BUDGET_BLOCKS / (span * BIN_BLOCKS)) * Math.max(1, bins) * subjects;
  if (against === "downs") return leastOfBinomial(ups + downs, chance, budget / looksOf(ups + downs));
  const majority = leastOfBinomial(ups + downs, chance, MAJORITY);
  const usual = usualUps(signs, rule) * (habit / span);
  return Math.max(majority, leastOfBinomial(ups + Math.round(usual), span / (span + habit), budget / looksOf(ups)));
}

/** Ups of a span by habit: the middle of those before, so that an earlier event is not taken for habit. */
function usualUps(signs: RollingSeries, { span, habit }: LeanRule): number {
  const counts: number[] = [];
  for (let from = span + 1; from + span - 1 <= span + habit; from += span) {
    counts.push(signs.countSigns(from, from + span - 1).ups);
  }
  counts.sort((left, right) => left - right);
  return median(counts);
}

function rank(earlier: Float64Array, balance: number): Pick<Lean, "surprise" | "middle"> {
  return { surprise: rankAmong(earlier, balance), middle: selectMiddle(earlier) };
}
