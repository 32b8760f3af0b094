import { type Detector, DETECTORS, FOLLOWED_BLOCKS, lookBackOf, type SignalKind } from "#signals";
import { KINDS_OF_ONE_SPENDING } from "./merge-insights.ts";

/** How many blocks before its own an insight of this kind follows from. */
export function lookBackOfKind(kind: SignalKind): number {
  return lookBackOf(detectorsOf(kind));
}

/** The same of an event that does not go on: how many blocks before the one in which it is told it follows from. */
export function lookBackOfNew(kind: SignalKind): number {
  return lookBackOfKind(kind) - FOLLOWED_BLOCKS;
}

/** Those of a kind, and of the kinds that it may have been told together with. */
export function detectorsOf(kind: SignalKind, detectors = DETECTORS): readonly Detector[] {
  const kinds = KINDS_OF_ONE_SPENDING.includes(kind) ? KINDS_OF_ONE_SPENDING : [kind];
  return detectors.filter((detector) => kinds.includes(detector.kind));
}
