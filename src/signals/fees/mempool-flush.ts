import { judge, lookBackOfRule, type Rule, type Verdict } from "../baseline/judge.ts";
import type { SeriesBook } from "../baseline/series-book.ts";
import { blocksInTime } from "../blocks/pace.ts";
import type { Detector } from "../detector.ts";
import type { Scale } from "../baseline/scale.ts";
import { goesOn } from "../goes-on.ts";
import type { BlockRow, FoundSignal, Signal } from "../signal.ts";

/** Blocks whose free room is summed, an hour. */
const SPAN_BLOCKS = 6;
/** The fullest of so many blocks before says what fits. */
const CAPACITY_BLOCKS = 144;
/** Free room that a block too early explains: a fast run of blocks empties the mempool as well. */
const PACE_WEIGHT = 0.5;

/** Free room has a bound, so its tail is lighter than an exponential one; its power is nearly exponential. */
const SCALE: Scale = {
  to: (room) => Math.max(0, room) ** 1.5,
  from: (scaled) => Math.max(0, scaled) ** (1 / 1.5),
};

const RULE: Rule = {
  lookBack: 3_024,
  quietBlocks: 12,
  budget: 1,
  warmUp: CAPACITY_BLOCKS + SPAN_BLOCKS,
  isFollowed: true,
  tail: { share: 0.07, censored: 0.03, leastScale: 0.05 },
};

/**
 * How much room the blocks of an hour left, more than their pace explains: what waits is mined and little comes after
 * it. Definition: docs/signals/mempool-flush.md.
 */
export const mempoolFlush: Detector = {
  kind: "mempool-flush",
  lookBack: lookBackOfRule(RULE),
  followedBy: 1,
  detect(row, book) {
    const room = takeRoom(row, book);
    const due = blocksInTime(row, book, { kind: "mempool-flush", blocks: SPAN_BLOCKS });
    const explained = PACE_WEIGHT * Math.max(0, SPAN_BLOCKS - due);
    const value = SCALE.to(room - explained);
    const verdict = judge(book.memory("mempool-flush"), { value }, RULE);
    if (verdict === undefined) return [];
    const percentOf = (blocks: number) => (100 * blocks) / SPAN_BLOCKS;
    const usual = SCALE.from(verdict.middle);
    return [
      signalOf(row, verdict, [
        {
          name: `Free room in ${SPAN_BLOCKS} blocks beyond what their pace explains`,
          unit: "percent",
          value: percentOf(room - explained),
          baseline: percentOf(usual),
          level: percentOf(SCALE.from(verdict.level)),
        },
        {
          name: `Free room in ${SPAN_BLOCKS} blocks`,
          unit: "percent",
          value: percentOf(room),
          baseline: null,
          level: null,
        },
      ]),
    ];
  },
};

/** Blocks' worth of weight that the last ones left free, by the fullest of the day before them. Remembers the block. */
function takeRoom({ features }: BlockRow, book: SeriesBook): number {
  const recent = book.series("mempool-flush recent", SPAN_BLOCKS);
  const before = book.series("mempool-flush before", CAPACITY_BLOCKS);
  if (recent.length === SPAN_BLOCKS) before.push(recent.at(SPAN_BLOCKS));
  recent.push(features.total_weight);
  if (before.length < CAPACITY_BLOCKS) return Number.NaN;
  let fullest = 0;
  for (let back = 1; back <= CAPACITY_BLOCKS; back += 1) fullest = Math.max(fullest, before.at(back));
  // What is fuller than all before it leaves no room, and makes none for others.
  let filled = 0;
  for (let back = 1; back <= SPAN_BLOCKS; back += 1) filled += Math.min(1, recent.at(back) / fullest);
  return fullest === 0 ? Number.NaN : SPAN_BLOCKS - filled;
}

function signalOf(
  { features: { height, blockhash } }: BlockRow,
  verdict: Verdict,
  metrics: Signal["metrics"],
): FoundSignal {
  return {
    kind: "mempool-flush",
    height,
    blockhash,
    startHeight: height - SPAN_BLOCKS + 1,
    subject: null,
    direction: "above",
    surprise: verdict.surprise,
    metrics,
    transfers: [],
    ...goesOn(verdict),
  };
}
