import { brierScore } from "../scoring/brier.ts";
import { isWithin, winklerScore } from "../scoring/interval-scores.ts";
import type { Outcome, Prediction, ValueStatement } from "./prediction.ts";

/** How an interval did. */
export type LevelScore = {
  /** Share of the outcomes that such intervals shall hold. */
  readonly level: number;
  readonly covered: boolean;
  /** On the statement's scale, as the next. */
  readonly width: number;
  /** Interval score (Winkler 1972): the width, and 2/α times of what lies outside. */
  readonly winkler: number;
};

/** How a prediction did: the square of probability less outcome, and each of its intervals. */
export type Score = { readonly brier: number | null; readonly intervals: readonly LevelScore[] };

/** Nothing is scored of what is not known, nor of a claim that came without a probability. */
export function scoreOutcome({ statement }: Pick<Prediction, "statement">, outcome: Outcome): Score {
  if (statement.type === "claim" && outcome.type === "claim" && statement.probability !== null) {
    const { probability } = statement;
    return { brier: brierScore([{ probability, outcome: outcome.came }]), intervals: [] };
  }
  if (statement.type === "value" && outcome.type === "value") {
    return { brier: null, intervals: scoreIntervals(statement, outcome.value) };
  }
  return { brier: null, intervals: [] };
}

function scoreIntervals({ intervals, scale }: ValueStatement, seen: number): LevelScore[] {
  const on = (value: number): number => (scale === "octaves" ? Math.log2(value) : value);
  return intervals.map(({ level, low, high }) => {
    const scored = { low: on(low), high: on(high), value: on(seen) };
    const width = scored.high - scored.low;
    return { level, covered: isWithin(scored), width, winkler: winklerScore([scored], level) };
  });
}
