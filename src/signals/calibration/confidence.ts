import { scoreOfStatement } from "../outcomes/resolve-statement.ts";
import { classOf } from "../scoring/calibration-map.ts";
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
  /** Of the class of scores that this one falls into: how many were decided, and how many of them came true. */
  readonly alike: { readonly count: number; readonly came: number };
};

/** What has to be known of a chain to say whose outcomes teach its confidence. */
type ChainTaught = { readonly simulated: boolean; readonly chainId: string };

/** The name of a simulated chain says its density where it is not the demo one: `simnet:7:realistic:<genesis>`. */
const OTHER_DENSITY = /^simnet:\d+:[a-z]+:/;

/** Whether the table that comes along holds: it was learnt on simulated chains of the demo density. Every other chain learns from its own outcomes. */
export function isTaughtBeforehand({ simulated, chainId }: ChainTaught): boolean {
  return simulated && !OTHER_DENSITY.test(chainId);
}

/** Learnt on the simulation, for the simulation alone. */
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
  const found = classOf(map, score);
  if (found === undefined) return undefined;
  const { probability, count, came } = found;
  return { probability, version: map.version, outcomes: map.count, alike: { count, came } };
}
