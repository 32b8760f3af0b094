import { judge, lookBackOfRule, type Rule, type Verdict } from "../baseline/judge.ts";
import { median } from "../baseline/median.ts";
import { middleOf } from "../baseline/middle-of.ts";
import type { SeriesBook } from "../baseline/series-book.ts";
import type { Detector } from "../detector.ts";
import { goesOn } from "../goes-on.ts";
import type { BlockRow, FoundSignal } from "../signal.ts";
import { medianFeeRate, RATE_SCALE } from "./fee-rates.ts";

const DAY_BLOCKS = 144;
const USUAL_DAYS = 14;

const RULE: Rule = {
  lookBack: 2_016,
  quietBlocks: 288,
  budget: 1,
  warmUp: DAY_BLOCKS * (USUAL_DAYS + 1),
  isFollowed: true,
  tail: { share: 0.25, censored: 0.02, leastScale: 0.1 },
};

/**
 * The fee level of a day against the days of two weeks before it, above or below: what lasts, and is no spike. Judged by
 * how far the days of the two weeks before lay from theirs. Definition: docs/signals/fee-level.md.
 */
export const feeLevel: Detector = {
  kind: "fee-level",
  lookBack: lookBackOfRule(RULE),
  followedBy: 0,
  detect(row, book) {
    const { day, usual } = takeLevels(row, book);
    return ([1, -1] as const).flatMap((sign) => {
      const direction = sign > 0 ? "above" : "below";
      const question = { value: sign * (day - usual), subjects: 2 };
      const verdict = judge(book.memory(`fee-level ${direction}`), question, RULE);
      return verdict === undefined ? [] : [signalOf(row, { day, usual, sign, direction, verdict })];
    });
  },
};

type Levels = { readonly day: number; readonly usual: number };

/** Middle of the day and middle of the days before, on the scale; `NaN` where they are not there. Remembers the block. */
function takeLevels({ features }: BlockRow, book: SeriesBook): Levels {
  const rates = book.series("fee-level rate", DAY_BLOCKS);
  const days = book.series("fee-level day", DAY_BLOCKS * USUAL_DAYS);
  rates.push(RATE_SCALE.to(medianFeeRate(features)));
  const day = middleOf(rates);
  const earlier = Array.from({ length: USUAL_DAYS }, (_, ago) => days.at(DAY_BLOCKS * (ago + 1)));
  days.push(day);
  const isKnown = !earlier.some(Number.isNaN);
  return { day, usual: isKnown ? median(earlier.toSorted((left, right) => left - right)) : Number.NaN };
}

type Finding = Levels & {
  readonly sign: 1 | -1;
  readonly direction: "above" | "below";
  readonly verdict: Verdict;
};

function signalOf({ features }: BlockRow, { day, usual, sign, direction, verdict }: Finding): FoundSignal {
  return {
    kind: "fee-level",
    height: features.height,
    blockhash: features.blockhash,
    startHeight: features.height - DAY_BLOCKS + 1,
    subject: null,
    direction,
    surprise: verdict.surprise,
    metrics: [
      {
        name: `Median fee rate by weight, middle of ${DAY_BLOCKS} blocks`,
        unit: "sat/vB",
        value: RATE_SCALE.from(day),
        baseline: RATE_SCALE.from(usual),
        level: RATE_SCALE.from(usual + sign * verdict.level),
      },
    ],
    transfers: [],
    ...goesOn(verdict),
  };
}
