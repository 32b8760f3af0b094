import { scoreOfStatement } from "../outcomes/resolve-statement.ts";
import { calibrate } from "../scoring/calibration-map.ts";
import type { Signal } from "../signal.ts";
import type { Calibration } from "./calibration.ts";
import { SIMULATED_OUTCOMES } from "./simulated-outcomes.ts";

/** Outcomes of its own that a kind needs before anything is said of the next. */
export const LEAST_OUTCOMES = 30;

export type Confidence = {
  /** 0…1: how often claims of such a score came true. */
  readonly probability: number;
  /** What it was learnt from, by name, so that it can be checked. */
  readonly version: string;
  readonly outcomes: number;
};

/** Learnt on the simulation, for the simulation alone. No other network has outcomes of its own yet. */
export function calibrationOf({ simulated }: { readonly simulated: boolean }): Calibration {
  return simulated ? SIMULATED_OUTCOMES : {};
}

/**
 * How sure it is that what a signal claims about blocks to come comes true.
 * @returns `undefined` of a signal that claims nothing, and where too few outcomes are known ("insufficient history")
 */
export function confidenceOf(signal: Signal, calibration: Calibration): Confidence | undefined {
  const score = scoreOfStatement(signal);
  const map = calibration[signal.kind];
  if (score === undefined || map === undefined || map.count < LEAST_OUTCOMES) return undefined;
  const probability = calibrate(map, score);
  return probability === undefined ? undefined : { probability, version: map.version, outcomes: map.count };
}
