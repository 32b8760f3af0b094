import type { RollingSeries } from "./rolling-series.ts";

/** A tail of fewer values is no tail. */
const LEAST_TAIL = 20;

/** Which part of a series is its tail. */
export type TailShape = {
  /** Share of the values that is the upper tail. */
  readonly share: number;
  /** Share that may be other events and says nothing about quiet times: counted, but not measured. */
  readonly censored: number;
  /** Least mean excess: a series that stood still is no reason to call the smallest change a surprise. */
  readonly leastScale: number;
};

export type Tail = {
  /** Where the tail begins. */
  readonly from: number;
  /** Mean excess beyond. */
  readonly scale: number;
  /** Probability that a value lies beyond `from`. */
  readonly share: number;
  /** Events per value beyond a high level (the extremal index): a value that stands out seldom comes alone. */
  readonly eventsPerValue: number;
};

/**
 * The upper tail of a series as an exponential one, by maximum likelihood with its highest values censored (type II):
 * on a logarithmic scale that is a generalised Pareto tail, and the scale is Hill's estimator of its shape.
 * Sources: Hill (1975), A simple general approach to inference about the tail of a distribution; Lawless (2003),
 * Statistical Models and Methods for Lifetime Data, 3.5 (censoring).
 * @returns `undefined` where there are too few values for a tail
 */
export function fitTail(series: RollingSeries, shape: TailShape, gap: number): Tail | undefined {
  const size = Math.floor(series.known * shape.share);
  if (size < LEAST_TAIL) return undefined;
  const highest = series.highest(size + 1);
  const from = highest.at(size);
  const censored = Math.floor(series.known * shape.censored);
  let excess = 0;
  for (let rank = censored; rank < size; rank += 1) excess += highest.at(rank) - from;
  excess += censored * (highest.at(censored) - from);
  const runs = series.countRuns(highest.at(Math.floor(size / 4)), gap);
  return {
    from,
    scale: Math.max(excess / (size - censored), shape.leastScale),
    share: size / series.known,
    eventsPerValue: runs.values === 0 ? 1 : runs.events / runs.values,
  };
}

/** How probable a value as high is, by the tail; the share of the tail for all below it. */
export function tailProbability({ from, scale, share }: Tail, value: number): number {
  return value <= from ? share : share * Math.exp((from - value) / scale);
}

/** The value that is passed with this probability, below the share of the tail. */
export function tailQuantile({ from, scale, share }: Tail, probability: number): number {
  return from + scale * Math.log(share / probability);
}
