import {
  type Detector,
  DETECTORS,
  FOLLOWED_BLOCKS,
  lookBackOf,
  POOL_OUTFLOWS,
  type SignalKind,
  SPENDING_KINDS,
} from "#signals";

/** How many blocks before its own an insight of this kind follows from. */
export function lookBackOfKind(kind: SignalKind): number {
  return lookBackOf(detectorsOf(kind));
}

/** The same of an event that does not go on: how many blocks before the one in which it is told it follows from. */
export function lookBackOfNew(kind: SignalKind): number {
  return lookBackOfKind(kind) - FOLLOWED_BLOCKS;
}

/**
 * Kinds that are told together, and those that may be told with them: a flow takes in what told of a payment of it, and
 * each of two flows what the other does not; what tells of a payment alone is the same without them.
 */
const TOLD_TOGETHER: readonly (readonly [kinds: readonly SignalKind[], others: readonly SignalKind[]])[] = [
  [SPENDING_KINDS, []],
  [["inflow-spike", "outflow-spike", ...POOL_OUTFLOWS], SPENDING_KINDS],
];

/** Those of a kind, and of the kinds that it may have been told together with. */
export function detectorsOf(kind: SignalKind, detectors = DETECTORS): readonly Detector[] {
  const kinds: readonly SignalKind[] = TOLD_TOGETHER.find((together) => together[0].includes(kind))?.flat() ?? [kind];
  return detectors.filter((detector) => kinds.includes(detector.kind));
}
