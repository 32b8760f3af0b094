import type { BlockFeatures } from "#features";
import { judge, lookBackOf, type Rule } from "../baseline/judge.ts";
import { median } from "../baseline/median.ts";
import { logarithmic } from "../baseline/scale.ts";
import type { SeriesBook } from "../baseline/series-book.ts";
import type { Detector } from "../detector.ts";

/** Blocks before, half a day, whose middle is the usual level: what rises for days is no spike. */
const USUAL_BLOCKS = 72;

/** A rate of 0 is possible, so the logarithm is of tenths of a sat/vB. */
const SCALE = logarithmic(0.1);

const RULE: Rule = {
  lookBack: 2_016,
  quietBlocks: 12,
  budget: 1,
  warmUp: USUAL_BLOCKS,
  tail: { share: 0.25, censored: 0.05, leastScale: 0.1 },
};

/**
 * The median fee rate of a block (by weight, unrounded) against the half day before it, judged by how far blocks of the
 * two weeks before rose above theirs. Definition and sources: docs/signals/fee-spike.md.
 */
export const feeSpike: Detector = {
  kind: "fee-spike",
  lookBack: lookBackOf(RULE) + USUAL_BLOCKS,
  detect({ features }, book) {
    const rate = medianFeeRate(features);
    const usual = usualLevel(book, rate);
    const verdict = judge(book, { name: "fee-spike", value: SCALE.to(rate) - usual }, RULE);
    if (verdict === undefined) return [];
    const { height, blockhash } = features;
    return [
      {
        kind: "fee-spike",
        height,
        blockhash,
        startHeight: height,
        subject: null,
        direction: "above",
        surprise: verdict.surprise,
        metrics: [
          {
            name: "Median fee rate by weight",
            unit: "sat/vB",
            value: rate,
            baseline: SCALE.from(usual),
            level: SCALE.from(usual + verdict.level),
          },
        ],
        transfers: [],
      },
    ];
  },
};

/** Middle of the blocks before, on the scale; `NaN` where fewer than half of them have a rate. Remembers this one. */
function usualLevel(book: SeriesBook, rate: number): number {
  const series = book.series("fee-spike rate", USUAL_BLOCKS);
  const usual = series.known < USUAL_BLOCKS / 2 ? Number.NaN : median(series.sorted());
  series.push(SCALE.to(rate));
  return usual;
}

/** `NaN` for a block without transactions: it has no fee level. */
export function medianFeeRate(features: BlockFeatures): number {
  return features.txs === 1 ? Number.NaN : (features.feerate_percentiles_exact?.[2] ?? Number.NaN);
}
