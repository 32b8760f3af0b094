import { percentBelow } from "./robust-score.ts";
import type { Detector, Surprise } from "./signal.ts";
import type { BlockFeatures } from "#features";

/** 1,000 BTC: the band from which the field speaks of whales. */
const VERY_LARGE_SATS = 100_000_000_000;

/** Blocks whose largest transfers a transfer is compared with: about a week. */
const COMPARED_BLOCKS = 1_008;

/**
 * A transaction that pays at least 1,000 BTC to scripts that it does not spend from. Needs no history; with enough of
 * it the transfer is ranked among the largest transfer of each block. Definition: docs/signals/large-transfer.md.
 */
export const largeTransferDetector: Detector = {
  kind: "large-transfer",
  lookBack: COMPARED_BLOCKS,
  detect({ features, transfers }, history) {
    return transfers
      .filter((transfer) => transfer.value >= VERY_LARGE_SATS)
      .map((transfer) => ({
        kind: "large-transfer",
        height: features.height,
        blockhash: features.blockhash,
        surprise: rank(transfer.value, history),
        transfer,
        threshold: VERY_LARGE_SATS,
      }));
  },
};

function rank(value: number, history: readonly BlockFeatures[]): Surprise | null {
  if (history.length < COMPARED_BLOCKS) return null;
  const largest = history.slice(-COMPARED_BLOCKS).flatMap((block) => block.largest_transfer ?? []);
  if (largest.length < COMPARED_BLOCKS) return null;
  return { percentile: percentBelow(value, largest), sampleSize: largest.length };
}
