import { judge, lookBackOfRule, type Rule } from "../baseline/judge.ts";
import { logarithmic } from "../baseline/scale.ts";
import { middleOf } from "../baseline/middle-of.ts";
import type { SeriesBook } from "../baseline/series-book.ts";
import type { Detector } from "../detector.ts";

/** Blocks whose middle is compared: half a day. */
const SPAN_BLOCKS = 72;

/** A tenth of a day. */
const SCALE = logarithmic(0.1);

const RULE: Rule = {
  lookBack: 2_016,
  quietBlocks: 144,
  budget: 1,
  warmUp: SPAN_BLOCKS - 1,
  tail: { share: 0.1, censored: 0.02, leastScale: 0.2 },
};

/**
 * The middle dormancy of half a day's blocks against the two weeks before: older coins are spent all over. What a few
 * large transfers do moves no median; that is told as coin days destroyed. Definition: docs/signals/dormancy.md.
 */
export const dormancy: Detector = {
  kind: "dormancy",
  lookBack: lookBackOfRule(RULE),
  detect({ features }, book) {
    const middle = middleOfSpan(book, features.dormancy);
    const verdict = judge(book.memory("dormancy"), { value: SCALE.to(middle) }, RULE);
    if (verdict === undefined) return [];
    const { height, blockhash } = features;
    return [
      {
        kind: "dormancy",
        height,
        blockhash,
        startHeight: height - SPAN_BLOCKS + 1,
        subject: null,
        direction: "above",
        surprise: verdict.surprise,
        metrics: [
          {
            name: `Median dormancy of ${SPAN_BLOCKS} blocks`,
            unit: "days",
            value: middle,
            baseline: SCALE.from(verdict.middle),
            level: SCALE.from(verdict.level),
          },
        ],
        transfers: [],
      },
    ];
  },
};

/** With this block; `NaN` where fewer than half of them have a dormancy. */
function middleOfSpan(book: SeriesBook, ofBlock: number | null): number {
  const series = book.series("dormancy block", SPAN_BLOCKS);
  series.push(ofBlock ?? Number.NaN);
  return middleOf(series);
}
