import { judge, lookBackOfRule, type Rule, type Verdict } from "../baseline/judge.ts";
import { middleOf } from "../baseline/middle-of.ts";
import type { SeriesBook } from "../baseline/series-book.ts";
import { blocksInTime } from "../blocks/pace.ts";
import type { Detector } from "../detector.ts";
import { goesOn } from "../goes-on.ts";
import type { BlockRow, FoundSignal } from "../signal.ts";
import { medianFeeRate, RATE_SCALE } from "./fee-rates.ts";

/** The middle one of so many blocks: what one block shows is one miner's choice. */
const SPAN_BLOCKS = 3;
/** Blocks before, half a day, whose middle is the usual level: what rises for days is no spike. */
const USUAL_BLOCKS = 72;
/** Blocks whose pace counts: while none is found the same demand drives fees up, while many are it cannot. */
const PACE_BLOCKS = 9;
/** Octaves of fee rate for an octave of pace, about what quiet stretches of the simulation show. */
const PACE_WEIGHT = 0.4;

const RULE: Rule = {
  lookBack: 2_016,
  quietBlocks: 12,
  // Surges of demand that nobody staged are rises too, and no false alarms: on quiet seeds every second one told is such.
  budget: 2,
  warmUp: USUAL_BLOCKS + SPAN_BLOCKS,
  isFollowed: true,
  tail: { share: 0.4, censored: 0.15, leastScale: 0.1 },
};

/**
 * How far the median fee rate rose above the half day before it, more than the pace of blocks explains, judged by the
 * rises of the two weeks before. Definition and sources: docs/signals/fee-spike.md.
 */
export const feeSpike: Detector = {
  kind: "fee-spike",
  lookBack: lookBackOfRule(RULE),
  followedBy: 0,
  detect(row, book) {
    const levels = takeLevels(row, book);
    const pace = Math.log2(PACE_BLOCKS / blocksInTime(row, book, { kind: "fee-spike", blocks: PACE_BLOCKS }));
    const explained = Number.isNaN(pace) ? 0 : -PACE_WEIGHT * pace;
    const verdict = judge(book.memory("fee-spike"), { value: levels.now - levels.usual - explained }, RULE);
    if (verdict === undefined) return [];
    return [signalOf(row, { ...levels, level: levels.usual + explained + verdict.level, verdict })];
  },
};

/** The least that a node relays by default since 2025, sat/vB. */
const LEAST_RATE = 0.1;

type Levels = { readonly now: number; readonly usual: number };

/** On the scale; `NaN` where fewer than half of the blocks have a rate. Remembers the block's. */
function takeLevels({ features }: BlockRow, book: SeriesBook): Levels {
  const recent = book.series("fee-spike recent", SPAN_BLOCKS);
  const before = book.series("fee-spike before", USUAL_BLOCKS);
  const leaving = recent.length < SPAN_BLOCKS ? undefined : recent.at(SPAN_BLOCKS);
  if (leaving !== undefined) before.push(leaving);
  recent.push(RATE_SCALE.to(medianFeeRate(features)));
  return { now: middleOf(recent), usual: middleOf(before) };
}

function signalOf(
  { features: { height, blockhash } }: BlockRow,
  { now, usual, level, verdict }: Levels & { readonly level: number; readonly verdict: Verdict },
): FoundSignal {
  return {
    kind: "fee-spike",
    height,
    blockhash,
    startHeight: height - SPAN_BLOCKS + 1,
    subject: null,
    direction: "above",
    surprise: verdict.surprise,
    metrics: [
      {
        name: `Median fee rate by weight, middle of ${SPAN_BLOCKS} blocks`,
        unit: "sat/vB",
        value: RATE_SCALE.from(now),
        baseline: RATE_SCALE.from(usual),
        // Where blocks come slowly at fees near nothing, the level may come to lie below it.
        level: Math.max(RATE_SCALE.from(level), LEAST_RATE),
      },
    ],
    transfers: [],
    ...goesOn(verdict),
  };
}
