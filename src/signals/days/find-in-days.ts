import { Detection } from "../detection.ts";
import type { Detector } from "../detector.ts";
import { TARGET_SPACING } from "../forecasts/block-times.ts";
import { DETECTORS } from "../detectors.ts";
import type { MetricUnit, Signal, SignalKind, Surprise } from "../signal.ts";
import type { DayFigures } from "./day-figures.ts";
import { paceOfDay, rowOfDay } from "./row-of-day.ts";

type Figure = Exclude<keyof DayFigures, "blocks">;

/**
 * What can be asked of days, and the figures that it takes. Others rest on what a day has not: single transactions, or
 * the law by which single blocks are found.
 */
const FIGURES_OF_KIND: Partial<Record<SignalKind, readonly Figure[]>> = {
  "inflow-spike": ["inflow"],
  "outflow-spike": ["outflow"],
  "inflow-streak": ["inflow", "outflow"],
  "outflow-streak": ["inflow", "outflow"],
  "reserve-change": ["inflow", "outflow"],
  "fee-spike": ["feeRate"],
  "fee-level": ["feeRate"],
};

/** What stood out on a day. Days are counted from the first of the series, 0. */
export type DayFinding = {
  readonly kind: SignalKind;
  /** First day of what was measured. */
  readonly firstDay: number;
  /** The day on which it stood out. */
  readonly day: number;
  readonly direction: "above" | "below";
  readonly unit: MetricUnit;
  readonly value: number;
  /** Middle of the days that it was compared with. */
  readonly usual: number | null;
  /** What it had to pass. */
  readonly level: number;
  readonly surprise: Surprise | null;
  /** How many times the level the value is, or the level the value where less stands out; at least 1. */
  readonly strength: number;
};

export type FoundInDays = {
  /** In the order of days. */
  readonly findings: readonly DayFinding[];
  /** What was looked for, and how many days each looks back on, all in all. */
  readonly kinds: readonly { readonly kind: SignalKind; readonly lookBack: number }[];
};

/**
 * What stands out in a daily series, by the detectors that look at blocks: each day takes the place of a block, so that
 * nine blocks are nine days, and two weeks of blocks five and a half years. Levels follow from the days before all the same.
 */
export function findInDays(days: readonly DayFigures[]): FoundInDays {
  const detectors = DETECTORS.filter(({ kind }) => {
    const needed = FIGURES_OF_KIND[kind];
    return needed?.every((figure) => days.some((day) => day[figure] !== null)) ?? false;
  });
  const isOfFees = ({ kind }: Detector): boolean => FIGURES_OF_KIND[kind]?.includes("feeRate") ?? false;
  const [ofFees, ofFlows] = [
    new Detection(detectors.filter(isOfFees)),
    new Detection(detectors.filter((one) => !isOfFees(one))),
  ];
  let time = 0;
  const findings = days.flatMap((day, height) => {
    time += paceOfDay(day);
    // Room for fees follows the pace of blocks; what flows in a day has a day's time, however many blocks came.
    const signals = [
      ...ofFlows.take(rowOfDay(day, { height, time: height * TARGET_SPACING })),
      ...ofFees.take(rowOfDay(day, { height, time })),
    ];
    return signals.flatMap(findingOf);
  });
  return { findings, kinds: detectors.map(({ kind, lookBack }) => ({ kind, lookBack })) };
}

function findingOf({ kind, startHeight, height, direction, metrics, surprise }: Signal): readonly DayFinding[] {
  const [stoodOut] = metrics;
  if (stoodOut === undefined || stoodOut.level === null || direction === null) return [];
  const { unit, value, baseline: usual, level } = stoodOut;
  const strength = Math.max(value / level, level / value);
  return [{ kind, firstDay: startHeight, day: height, direction, unit, value, usual, level, surprise, strength }];
}

/** Of each kind the strongest, the strongest first; as many findings as are there at most. */
export function strongestOfKinds({ findings, kinds }: FoundInDays, count: number): readonly DayFinding[] {
  return kinds.flatMap(({ kind }) =>
    findings
      .filter((finding) => finding.kind === kind)
      .toSorted((left, right) => right.strength - left.strength || left.day - right.day)
      .slice(0, count),
  );
}
