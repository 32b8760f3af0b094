import { judge, lookBackOfRule, type Rule, type Verdict } from "../baseline/judge.ts";
import { median } from "../baseline/median.ts";
import { middleOf } from "../baseline/middle-of.ts";
import type { SeriesBook } from "../baseline/series-book.ts";
import type { Detector } from "../detector.ts";
import type { BlockRow, Signal } from "../signal.ts";

const DAY_BLOCKS = 144;
/** Days whose middle is the usual weight: a week, so that a day of little to mine does not become the usual. */
const USUAL_DAYS = 7;

const RULE: Rule = {
  lookBack: 2_016,
  quietBlocks: 6,
  // On long quiet chains three times as much was told as was asked for: weights of blocks that nothing waits for vary more
  // than their tail says.
  budget: 0.35,
  warmUp: DAY_BLOCKS * (USUAL_DAYS + 1),
  // A twentieth of an octave is 3.5 %: full blocks that differ by less do not differ.
  tail: { share: 0.1, censored: 0.005, leastScale: 0.05 },
};

/**
 * A block with transactions that weighs far less, or far more, than those of the week before, judged by how far blocks
 * of the two weeks before lay from theirs. Definition: docs/signals/block-fullness.md.
 */
export const blockFullness: Detector = {
  kind: "block-fullness",
  lookBack: lookBackOfRule(RULE),
  detect(row, book) {
    const { txs, total_weight: weight } = row.features;
    const usual = usualWeight(row, book);
    const octaves = txs === 1 ? Number.NaN : Math.log2(weight / usual);
    return ([1, -1] as const).flatMap((sign) => {
      const direction = sign > 0 ? "above" : "below";
      const question = { value: sign * octaves, subjects: 2 };
      const verdict = judge(book.memory(`block-fullness ${direction}`), question, RULE);
      return verdict === undefined ? [] : [signalOf(row, { usual, sign, direction, verdict })];
    });
  },
};

/** Middle of the days before, by the blocks that are not empty; `NaN` where they are not there. Remembers this block. */
function usualWeight({ features }: BlockRow, book: SeriesBook): number {
  const weights = book.series("block-fullness weight", DAY_BLOCKS);
  const days = book.series("block-fullness day", DAY_BLOCKS * USUAL_DAYS);
  const earlier = Array.from({ length: USUAL_DAYS }, (_, ago) => days.at(DAY_BLOCKS * ago + 1));
  weights.push(features.txs === 1 ? Number.NaN : features.total_weight);
  days.push(middleOf(weights));
  return earlier.some(Number.isNaN) ? Number.NaN : median(earlier.toSorted((left, right) => left - right));
}

type Finding = {
  readonly usual: number;
  readonly sign: 1 | -1;
  readonly direction: "above" | "below";
  readonly verdict: Verdict;
};

function signalOf({ features }: BlockRow, { usual, sign, direction, verdict }: Finding): Signal {
  return {
    kind: "block-fullness",
    height: features.height,
    blockhash: features.blockhash,
    startHeight: features.height,
    subject: null,
    direction,
    surprise: verdict.surprise,
    metrics: [
      {
        name: "Weight of all transactions but the coinbase",
        unit: "WU",
        value: features.total_weight,
        baseline: usual,
        level: usual * 2 ** (sign * verdict.level),
      },
    ],
    transfers: [],
  };
}
