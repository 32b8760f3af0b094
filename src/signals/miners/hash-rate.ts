import type { SeriesBook } from "../baseline/series-book.ts";
import { rankAmong } from "../baseline/rank-among.ts";
import { ratioLevel, ratioSpread, type Windows } from "../baseline/window-ratio.ts";
import type { Detector } from "../detector.ts";
import { goesOn } from "../goes-on.ts";
import type { BlockRow, Signal } from "../signal.ts";

/** A day against the two before it. What lasts for weeks is no change, and a drop must not hide the next one. */
const WINDOWS: Windows = { now: 144, before: 288 };
const ALL = WINDOWS.now + WINDOWS.before;
const BUDGET = 1;
/** Octaves that the rate has to rise or fall. */
const LEVEL = ratioLevel(WINDOWS, BUDGET) * ratioSpread(WINDOWS);
/** Blocks among whose ratios a change is ranked. */
const RANKED_BLOCKS = 2_016;
/** While the windows pass over a change, they see it. */
const QUIET_BLOCKS = 216;

/** Hashes that a block of difficulty 1 takes on average. */
const HASHES = 2 ** 32;

/**
 * Hash rate of a day, by difficulties and header times, against the two days before, judged by how much as many
 * exponential waits vary by chance. Definition and sources: docs/signals/hash-rate.md.
 */
export const hashRate: Detector = {
  kind: "hash-rate",
  lookBack: RANKED_BLOCKS + QUIET_BLOCKS + ALL + 1,
  followedBy: 0,
  detect(row, book) {
    const { now, before } = takeRates(row, book);
    const octaves = Math.log2(now / before);
    const ranked = book.series("hash-rate octaves", RANKED_BLOCKS);
    const isNewAbove = book.memory("hash-rate above").tellOnce(QUIET_BLOCKS, octaves > LEVEL);
    const isNewBelow = book.memory("hash-rate below").tellOnce(QUIET_BLOCKS, octaves < -LEVEL);
    const sign = octaves > 0 ? 1 : -1;
    const standsOut = Math.abs(octaves) > LEVEL;
    const isRanked = standsOut && ranked.known === RANKED_BLOCKS;
    const earlier = isRanked ? ranked.present().map((value) => sign * value) : undefined;
    const surprise = earlier === undefined ? null : rankAmong(earlier, sign * octaves);
    ranked.push(octaves);
    if (!standsOut) return [];
    return [{ ...signalOf(row, { now, before, sign, surprise }), ...goesOn({ isNew: isNewAbove || isNewBelow }) }];
  },
};

type Rates = { readonly now: number; readonly before: number };

/** Hashes per second of both windows; `NaN` where there are too few blocks. Remembers the block. */
function takeRates({ features }: BlockRow, book: SeriesBook): Rates {
  const difficulties = book.series("hash-rate difficulty", ALL);
  const times = book.series("hash-rate time", ALL + 1);
  difficulties.push(features.difficulty);
  // One clock that is ahead must not count; the median time of eleven blocks hardly moves with it.
  times.push(features.mediantime ?? Number.NaN);
  if (times.length <= ALL) return { now: Number.NaN, before: Number.NaN };
  const nowWork = difficulties.sumOfLast(WINDOWS.now);
  const beforeWork = difficulties.sumOfLast(ALL) - nowWork;
  const [last, middle, first] = [times.at(1), times.at(WINDOWS.now + 1), times.at(ALL + 1)];
  return { now: (HASHES * nowWork) / (last - middle), before: (HASHES * beforeWork) / (middle - first) };
}

function signalOf(
  { features: { height, blockhash } }: BlockRow,
  { now, before, sign, surprise }: Rates & { readonly sign: 1 | -1; readonly surprise: Signal["surprise"] },
): Signal {
  return {
    kind: "hash-rate",
    height,
    blockhash,
    startHeight: height - WINDOWS.now + 1,
    subject: null,
    direction: sign > 0 ? "above" : "below",
    surprise,
    metrics: [
      {
        name: `Hash rate of ${WINDOWS.now} blocks`,
        unit: "H/s",
        value: now,
        baseline: before,
        level: before * 2 ** (sign * LEVEL),
      },
    ],
    transfers: [],
  };
}
