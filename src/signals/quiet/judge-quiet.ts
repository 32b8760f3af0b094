import type { RollingSeries } from "../baseline/rolling-series.ts";
import type { SeriesBook } from "../baseline/series-book.ts";
import type { BlockRow } from "../signal.ts";
import { KINDS_OF_LABELS, KINDS_OF_ONE_WAIT, KINDS_OF_PACE, type Quiet } from "./quiet.ts";

/** Header times are out of order by a few minutes all the time. By so many seconds, one of two clocks is wrong. */
const BACK_SECONDS = 1_200;
/** Neighbours, as many as the median time past counts. */
const CLOCK_BLOCKS = 11;
/** From so many steps back on, the median of the neighbours is no protection any more. */
const MANY_STEPS = 3;

/** Two days: by then most of what is measured, and of what it has told, is by the new labels. */
const LABEL_BLOCKS = 288;

/** Blocks that the judgement looks back on. */
export const QUIET_LOOK_BACK = LABEL_BLOCKS + 1;

const MEMORY = "quiet";

/**
 * In which conditions a block is, by the rows of the last blocks alone: live, backfill and restart judge the same.
 * Remembers the block. Definitions: docs/reference/quiet-mode.md.
 */
export function judgeQuiet(row: BlockRow, book: SeriesBook): readonly Quiet[] {
  return [...judgeClocks(row, book), ...judgeLabels(row, book)];
}

/** A header before its parent's by far: the parent's clock was ahead, or its own is behind. */
function judgeClocks({ features: { height, time } }: BlockRow, book: SeriesBook): readonly Quiet[] {
  const parents = book.memory(MEMORY).series("time", 1);
  const back = parents.at(1) - time;
  parents.push(time);
  const steps = book.memory(MEMORY).series("steps back", CLOCK_BLOCKS);
  const ages = remember(steps, back >= BACK_SECONDS ? back : Number.NaN);
  const oldest = ages.at(-1);
  if (oldest === undefined) return [];
  const furthest = Math.max(...ages.map((ago) => steps.at(ago + 1)));
  const often = ages.length === 1 ? "" : `, and ${ages.length} times in ${CLOCK_BLOCKS} blocks`;
  return [
    {
      reason: "clock-jump",
      sinceHeight: height - oldest,
      detail: `header times went back by ${Math.round(furthest / 60)} minutes${often}: a miner's clock is wrong`,
      kinds: ages.length >= MANY_STEPS ? [...KINDS_OF_ONE_WAIT, ...KINDS_OF_PACE] : KINDS_OF_ONE_WAIT,
    },
  ];
}

/** What an owner receives by other labels is not to be compared with what he received by these. */
function judgeLabels({ features: { height }, flows }: BlockRow, book: SeriesBook): readonly Quiet[] {
  const versions = book.memory(MEMORY).series("labels", 1);
  const before = versions.at(1);
  versions.push(flows.labelVersion);
  const isChange = !Number.isNaN(before) && before !== flows.labelVersion;
  const changes = book.memory(MEMORY).series("labels before", LABEL_BLOCKS);
  const [newest] = remember(changes, isChange ? before : Number.NaN);
  if (newest === undefined) return [];
  return [
    {
      reason: "labels-changed",
      sinceHeight: height - newest,
      detail: `labels of version ${flows.labelVersion} follow those of version ${changes.at(newest + 1)}: owners are not compared with their history`,
      kinds: KINDS_OF_LABELS,
    },
  ];
}

/** Takes a value and returns of how many blocks ago there are any, the newest first. Nearly always there are none. */
function remember(series: RollingSeries, value: number): readonly number[] {
  series.push(value);
  if (series.known === 0) return [];
  return Array.from({ length: series.length }, (_, ago) => ago).filter((ago) => !Number.isNaN(series.at(ago + 1)));
}
