import type { Surprise } from "../signal.ts";
import type { Memory } from "./memory.ts";
import { rankAmong } from "./rank-among.ts";
import type { RollingSeries } from "./rolling-series.ts";
import { selectMiddle } from "./select-middle.ts";
import { stepOf } from "./scale.ts";
import { fitTail, tailProbability, tailQuantile, type Tail, type TailShape } from "./tail.ts";

/** A month of blocks: the time that a false-alarm budget counts in. */
export const BUDGET_BLOCKS = 4_320;

export type Rule = {
  /** Blocks that a value is compared with. */
  readonly lookBack: number;
  /** Blocks in which an event is told once: nothing while one of so many blocks before stood out as well; may be 0. */
  readonly quietBlocks: number;
  /** False alarms that the kind may raise in a month, over all its subjects. */
  readonly budget: number;
  readonly tail: TailShape;
  /** Blocks of the beginning in which the metric has no value. */
  readonly warmUp?: number;
  /** A value up to it does not stand out, whatever the history: too little to matter to anybody. */
  readonly floor?: number;
  /** Whether what was told is judged again while it goes on: where the detector is followed (`followedBy`). */
  readonly isFollowed?: boolean;
};

export type Verdict = {
  readonly surprise: Surprise;
  /** Middle of the values that it was compared with, on their scale. */
  readonly middle: number;
  /** What it had to pass, on the same scale. */
  readonly level: number;
  /** How probable a value as high is in quiet times. */
  readonly probability: number;
  /** False where it was told shortly before and goes on. */
  readonly isNew: boolean;
};

/** Of the blocks that a value is compared with, those that have to be there. */
const LEAST_KNOWN = 0.9;

/** Name of the series that is judged. */
const JUDGED = "judged";

/** Blocks that a rule looks back on, all in all. */
export function lookBackOfRule({ lookBack, quietBlocks, warmUp = 0 }: Rule): number {
  return lookBack + quietBlocks + warmUp;
}

/** Whether there is enough history to say what stands out. */
export function hasEnough(memory: Memory, rule: Rule): boolean {
  return isEnough(memory.series(JUDGED, rule.lookBack, rule.warmUp), rule);
}

/**
 * Whether a value stands out among those of the blocks before, and no block shortly before did; then remembers it.
 * How rare it has to be follows from the budget, shared by all subjects, and from the tail of its own history.
 * @param value on the scale on which it is compared; `NaN` where the block has none
 * @returns `undefined` where it does not stand out, has been told and is not followed, or too little is known to say
 */
export function judge(
  memory: Memory,
  { value, subjects = 1 }: { readonly value: number; readonly subjects?: number },
  rule: Rule,
): Verdict | undefined {
  const series = memory.series(JUDGED, rule.lookBack, rule.warmUp);
  const found = isEnough(series, rule) ? compare(series, value, rule, subjects) : undefined;
  const isNew = memory.tellOnce(rule.quietBlocks, found !== undefined);
  const isAsked = isNew || rule.isFollowed === true;
  const verdict = found !== undefined && isAsked ? { ...describe(series, value, found), isNew } : undefined;
  series.push(value);
  return verdict;
}

type Found = { readonly tail: Tail; readonly level: number };

function isEnough(series: RollingSeries, { lookBack }: Rule): boolean {
  return series.length >= lookBack && series.known >= lookBack * LEAST_KNOWN;
}

function compare(
  series: RollingSeries,
  value: number,
  { budget, tail: shape, quietBlocks, floor = Number.NEGATIVE_INFINITY }: Rule,
  subjects: number,
): Found | undefined {
  if (Number.isNaN(value) || value <= floor) return undefined;
  const size = Math.floor(series.known * shape.share);
  const highest = series.highest(size + 1);
  // What is not above the tail's beginning does not stand out, nor what is among the tail's greater part.
  if (value <= highest.at(size)) return undefined;
  if (stepOf(value) < stepOf(highest.at(Math.floor(series.known * shape.censored)))) return undefined;
  const tail = fitTail(series, shape, quietBlocks);
  if (tail === undefined) return undefined;
  // The budget counts events, the tail counts blocks.
  const probability = budget / (BUDGET_BLOCKS * subjects * tail.eventsPerValue);
  const level = tailQuantile(tail, probability);
  return value <= level ? undefined : { tail, level };
}

function describe(series: RollingSeries, value: number, { tail, level }: Found): Omit<Verdict, "isNew"> {
  const earlier = series.present();
  return {
    surprise: rankAmong(earlier, value),
    middle: selectMiddle(earlier),
    level,
    probability: tailProbability(tail, value),
  };
}
