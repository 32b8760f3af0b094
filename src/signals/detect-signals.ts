import type { BlockFeatures } from "#features";
import { feeLevelDetector } from "./fee-level.ts";
import { largeTransferDetector } from "./large-transfer.ts";
import type { BlockRow, Detector, Signal } from "./signal.ts";

/** Every detector there is. */
export const DETECTORS: readonly Detector[] = [feeLevelDetector, largeTransferDetector];

/** How many earlier blocks the signals of a block may depend on. */
export const LOOK_BACK = Math.max(...DETECTORS.map((detector) => detector.lookBack));

/**
 * What stands out in a block. Depends on the block and the last {@link LOOK_BACK} connected blocks before it alone;
 * for a block whose parents are unknown `history` is empty, and only detectors that need none speak.
 */
export function detectSignals(row: BlockRow, history: readonly BlockFeatures[]): Signal[] {
  return DETECTORS.flatMap((detector) => detector.detect(row, history.slice(-detector.lookBack)));
}
