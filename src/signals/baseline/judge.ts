import type { Surprise } from "../signal.ts";
import { median } from "./median.ts";
import type { SeriesBook } from "./series-book.ts";
import { tellOnce } from "./tell-once.ts";
import { fitTail, tailProbability, tailQuantile, type TailShape } from "./tail.ts";

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
};

export type Verdict = {
  readonly surprise: Surprise;
  /** Middle of the values that it was compared with, on their scale. */
  readonly middle: number;
  /** What it had to pass, on the same scale. */
  readonly level: number;
  /** How probable a value as high is in quiet times. */
  readonly probability: number;
};

/** Of the blocks that a value is compared with, those that have to be there. */
const LEAST_KNOWN = 0.9;

/** Blocks that a rule looks back on, all in all. */
export function lookBackOf({ lookBack, quietBlocks, warmUp = 0 }: Rule): number {
  return lookBack + quietBlocks + warmUp;
}

/** Whether there is enough history to say what stands out. */
export function hasEnough(book: SeriesBook, name: string, rule: Rule): boolean {
  return isEnough(book.series(name, rule.lookBack, rule.warmUp), rule);
}

/**
 * Whether a value stands out among those of the blocks before, and no block shortly before did; then remembers it.
 * How rare it has to be follows from the budget, shared by all subjects, and from the tail of its own history.
 * @param value on the scale on which it is compared; `NaN` where the block has none
 * @returns `undefined` where it does not stand out, has been told, or too little is known to say
 */
export function judge(
  book: SeriesBook,
  { name, value, subjects = 1 }: { readonly name: string; readonly value: number; readonly subjects?: number },
  rule: Rule,
): Verdict | undefined {
  const warmUp = rule.warmUp ?? 0;
  const series = book.series(name, rule.lookBack, warmUp);
  const verdict = isEnough(series, rule) ? compare(series, value, rule, subjects) : undefined;
  series.push(value);
  if (rule.quietBlocks === 0) return verdict;
  return tellOnce(book, name, rule.quietBlocks, verdict !== undefined) ? verdict : undefined;
}

type Series = ReturnType<SeriesBook["series"]>;

function isEnough(series: Series, { lookBack }: Rule): boolean {
  return series.length >= lookBack && series.known >= lookBack * LEAST_KNOWN;
}

function compare(
  series: Series,
  value: number,
  { budget, tail: shape, quietBlocks, floor = Number.NEGATIVE_INFINITY }: Rule,
  subjects: number,
): Verdict | undefined {
  if (Number.isNaN(value) || value <= floor) return undefined;
  // Cheap, and right for nearly all blocks: what is among the tail's greater part cannot pass.
  const tailSize = Math.floor(series.known * shape.censored) + 1;
  if (series.countAbove(value, tailSize) >= tailSize) return undefined;
  // Nor what is not above the tail's beginning: where a series stands still, that is nearly all.
  const tailValues = Math.floor(series.known * shape.share) + 1;
  if (series.countAtLeast(value, tailValues) >= tailValues) return undefined;
  const tail = fitTail(series, shape, quietBlocks);
  if (tail === undefined) return undefined;
  // The budget counts events, the tail counts blocks.
  const probability = budget / (BUDGET_BLOCKS * subjects * tail.eventsPerValue);
  const level = tailQuantile(tail, probability);
  if (value <= level) return undefined;
  const sorted = series.sorted();
  const below = sorted.findLastIndex((other) => other < value) + 1;
  return {
    surprise: { percentile: (100 * below) / sorted.length, sampleSize: sorted.length },
    middle: median(sorted),
    level,
    probability: tailProbability(tail, value),
  };
}
