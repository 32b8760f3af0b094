import type { BlockFeatures } from "#features";
import { median, percentAbove, percentBelow, robustZScore } from "./robust-score.ts";
import type { Detector, FeeLevelSignal } from "./signal.ts";

/** Blocks that a block is compared with: about a day. */
const BASELINE_BLOCKS = 144;

/** |z| from which a level stands out. With a normal logarithm one block in 2,000 would pass. */
const THRESHOLD = 3.5;

/** One event is told once: no signal while one of so many blocks before it stood out as well. */
const QUIET_BLOCKS = 12;

/**
 * The median fee rate of a block (by weight, unrounded) against the day before it, on a logarithmic scale.
 * Definition and sources: docs/signals/fee-level.md.
 */
export const feeLevelDetector: Detector = {
  kind: "fee-level",
  lookBack: BASELINE_BLOCKS + QUIET_BLOCKS,
  detect({ features }, history) {
    if (history.length < BASELINE_BLOCKS + QUIET_BLOCKS) return [];
    const recent = [...history.slice(-(BASELINE_BLOCKS + QUIET_BLOCKS)), features];
    const rates = recent.map(medianFeeRate);
    const level = findUnusualLevel(rates.slice(QUIET_BLOCKS));
    if (level === undefined) return [];
    for (let back = 1; back <= QUIET_BLOCKS; back += 1) {
      const earlier = findUnusualLevel(rates.slice(QUIET_BLOCKS - back, rates.length - back));
      if (earlier !== undefined && Math.sign(earlier.zScore) === Math.sign(level.zScore)) return [];
    }
    return [signalOf(features, level)];
  },
};

type Level = { readonly feeRate: number; readonly sample: readonly number[]; readonly zScore: number };

/** `undefined` for an empty block: it has no fee level. */
function medianFeeRate(features: BlockFeatures): number | undefined {
  const rate = features.feerate_percentiles_exact?.[2];
  return rate === undefined || features.txs === 1 ? undefined : rate;
}

/** The last rate with those before it, where it stands out among them. */
function findUnusualLevel(rates: readonly (number | undefined)[]): Level | undefined {
  const feeRate = rates.at(-1);
  const sample = rates.slice(0, -1).filter((rate) => rate !== undefined);
  if (feeRate === undefined || sample.length < BASELINE_BLOCKS / 2) return undefined;
  const zScore = robustZScore(logarithm(feeRate), sample.map(logarithm));
  return Math.abs(zScore) < THRESHOLD ? undefined : { feeRate, sample, zScore };
}

function signalOf(block: BlockFeatures, { feeRate, sample, zScore }: Level): FeeLevelSignal {
  const above = zScore > 0;
  return {
    kind: "fee-level",
    height: block.height,
    blockhash: block.blockhash,
    direction: above ? "above" : "below",
    feeRate,
    baseline: median(sample),
    zScore,
    threshold: THRESHOLD,
    surprise: { percentile: (above ? percentBelow : percentAbove)(feeRate, sample), sampleSize: sample.length },
  };
}

/** A rate of 0 is possible, so a tenth of a sat/vB is added to each. */
function logarithm(feeRate: number): number {
  return Math.log(feeRate + 0.1);
}
