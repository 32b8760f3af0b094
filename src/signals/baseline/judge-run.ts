import type { Surprise } from "../signal.ts";
import { betaBinomialTail } from "./beta-binomial.ts";
import { BUDGET_BLOCKS } from "./judge.ts";
import type { Memory } from "./memory.ts";
import { rankAmong } from "./rank-among.ts";
import type { RollingSeries } from "./rolling-series.ts";

export type RunRule = {
  /** Blocks in which hits are counted. */
  readonly window: number;
  /** Blocks before them that say how often a hit is usual. */
  readonly lookBack: number;
  readonly quietBlocks: number;
  /** False alarms that the kind may raise in a month, over all its subjects. */
  readonly budget: number;
};

export type RunVerdict = {
  /** Hits in the window. */
  readonly count: number;
  /** Hits in a window that are usual. */
  readonly usual: number;
  /** The most hits that would not stand out. */
  readonly level: number;
  readonly surprise: Surprise;
};

export function lookBackOfRun({ window, lookBack, quietBlocks }: RunRule): number {
  return window + lookBack + quietBlocks;
}

/** Blocks before this one in which a subject of the rule has to have been met: those whose hits are remembered. */
export function metWithin({ window, lookBack }: RunRule): number {
  return window + lookBack - 1;
}

/**
 * Whether more of the last blocks are hits than chance makes of the share of the blocks before; then remembers the block.
 * A window can only come to stand out with a hit. With share p that happens at most p·P(Bin(window − 1, p) ≥ count − 1)
 * times a block; p is known from `lookBack` blocks as beta(hits + ½, misses + ½) (Jeffreys), which turns both into a
 * beta-binomial probability.
 * @returns `undefined` where it does not stand out, has been told, or too little is known to say
 */
export function judgeRun(
  memory: Memory,
  { isHit, subjects = 1 }: { readonly isHit: boolean; readonly subjects?: number },
  rule: RunRule,
): RunVerdict | undefined {
  const { window, lookBack, quietBlocks, budget } = rule;
  const hits = memory.series("hits", lookBack + window);
  hits.push(isHit ? 1 : 0);
  const isKnown = isHit && hits.length === lookBack + window;
  const count = isKnown ? hits.sumOfLast(window) : 0;
  const before = isKnown ? hits.sumOfLast(lookBack + window) - count : 0;
  const alarmsOf = (atLeast: number) => expectedAlarms(atLeast, before, rule) * subjects;
  const standsOut = isKnown && alarmsOf(count) <= budget;
  if (!memory.tellOnce(quietBlocks, standsOut)) return undefined;
  let level = count - 1;
  while (level > 0 && alarmsOf(level) <= budget) level -= 1;
  const surprise = rankAmong(countsOf(hits, rule), count);
  return { count, usual: (window * before) / lookBack, level, surprise };
}

/** False alarms in a month of "at least so many hits", at most. */
function expectedAlarms(atLeast: number, before: number, { window, lookBack }: RunRule): number {
  const a = before + 0.5;
  const b = lookBack - before + 0.5;
  return BUDGET_BLOCKS * (a / (a + b)) * betaBinomialTail(atLeast - 1, window - 1, { a: a + 1, b });
}

/** Hits of every whole window before the last one. */
function countsOf(hits: RollingSeries, { window, lookBack }: RunRule): Float64Array {
  const counts = new Float64Array(lookBack - window + 1);
  let count = 0;
  for (let back = window + lookBack; back > window; back -= 1) {
    count += hits.at(back);
    if (back + window <= window + lookBack) count -= hits.at(back + window);
    const place = lookBack - (back - 1);
    if (place >= 0) counts[place] = count;
  }
  return counts;
}
