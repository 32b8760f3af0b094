import { BUDGET_BLOCKS, judge, lookBackOfRule, type Rule } from "../baseline/judge.ts";
import type { SeriesBook } from "../baseline/series-book.ts";
import type { Detector } from "../detector.ts";
import type { BlockRow } from "../signal.ts";

/** Blocks whose mean wait is the usual one. */
const USUAL_BLOCKS = 144;

const RULE: Rule = {
  lookBack: 2_016,
  quietBlocks: 0,
  budget: 1,
  warmUp: 1,
  tail: { share: 0.2, censored: 0.002, leastScale: 60 },
};

/**
 * A wait, by header times, that is too long for chance: by the exponential law at the pace of the day before, and by the
 * waits of the two weeks before. Definition and sources: docs/signals/block-interval.md.
 */
export const blockInterval: Detector = {
  kind: "block-interval",
  lookBack: lookBackOfRule(RULE) + USUAL_BLOCKS,
  detect(row, book) {
    const { height, blockhash, interval } = row.features;
    const usual = usualWait(row, book);
    const wait = interval ?? Number.NaN;
    const verdict = judge(book.memory("block-interval"), { value: wait }, RULE);
    // exp(−wait/usual) is how probable a wait as long is.
    const byLaw = usual * Math.log(BUDGET_BLOCKS / RULE.budget);
    if (verdict === undefined || !(wait > byLaw)) return [];
    return [
      {
        kind: "block-interval",
        height,
        blockhash,
        startHeight: height,
        subject: null,
        direction: "above",
        surprise: verdict.surprise,
        metrics: [
          {
            name: "Time since the block before, by header times",
            unit: "seconds",
            value: wait,
            baseline: usual,
            level: Math.max(byLaw, verdict.level),
          },
        ],
        transfers: [],
      },
    ];
  },
};

/** Mean wait of the blocks before, seconds; `NaN` where there are too few. Remembers the block's time. */
function usualWait({ features: { time } }: BlockRow, book: SeriesBook): number {
  const times = book.series("block-interval time", USUAL_BLOCKS + 1);
  const usual = (times.at(1) - times.at(USUAL_BLOCKS + 1)) / USUAL_BLOCKS;
  times.push(time);
  return usual;
}
