import type { SeriesBook } from "../baseline/series-book.ts";
import type { Detector } from "../detector.ts";
import { TARGET_SPACING } from "../forecasts/block-times.ts";
import { normalIntervals } from "../forecasts/intervals.ts";
import { changeAfter, projectTimespan } from "../forecasts/project-timespan.ts";
import { PERIOD_BLOCKS } from "../forecasts/retarget.ts";
import type { BlockRow, Signal } from "../signal.ts";

/** Two days' worth of blocks before the next period begins: late enough to know its difficulty, early enough to tell. */
export const OUTLOOK_BLOCKS = 288;

/** Blocks of the period that have come after its first one by then. */
const KNOWN = PERIOD_BLOCKS - OUTLOOK_BLOCKS;

/** In one of so many periods a hash rate that stands still passes the level, in either direction. */
export const OUTLOOK_ODDS = 100;

/** Of a normal law, so that {@link OUTLOOK_ODDS} holds. */
const DEVIATIONS = 2.576;

/** Of the logarithm: luck of this period, and of the one before, which has set its difficulty. */
const LEVEL = DEVIATIONS * Math.sqrt(1 / KNOWN + 1 / PERIOD_BLOCKS);

/** What is claimed holds in nine of ten cases, by the projection's own law: the near end of this interval. */
const CLAIMED_INTERVAL = 0.8;

/**
 * The next difficulty, where it will differ by more than luck makes it. Told once a period, {@link OUTLOOK_BLOCKS} before
 * the next one. Definition and sources: docs/signals/difficulty-outlook.md.
 */
export const difficultyOutlook: Detector = {
  kind: "difficulty-outlook",
  lookBack: KNOWN + 1,
  detect(row, book) {
    const elapsed = takePeriod(row, book);
    if (elapsed === undefined) return [];
    const { expected, deviation } = projectTimespan({ known: KNOWN, elapsed, timespans: [] });
    const change = changeAfter(expected);
    if (Math.abs(Math.log1p(change)) <= LEVEL) return [];
    const interval = normalIntervals(expected, deviation).find(({ level }) => level === CLAIMED_INTERVAL);
    if (interval === undefined) return [];
    const ends = [changeAfter(interval.low), changeAfter(interval.high)];
    return [signalOf(row, { elapsed, change, least: change > 0 ? Math.min(...ends) : Math.max(...ends) })];
  },
};

/**
 * Seconds that the blocks since the last retarget took, at the block that looks ahead; `undefined` at all others, and where
 * the difficulty did not change then or has changed since: of such networks nothing is foretold. Remembers the block.
 */
function takePeriod({ features: { height, time, difficulty } }: BlockRow, book: SeriesBook): number | undefined {
  const times = book.series("difficulty-outlook time", KNOWN + 1);
  const difficulties = book.series("difficulty-outlook difficulty", KNOWN + 2);
  times.push(time);
  difficulties.push(difficulty);
  if (height % PERIOD_BLOCKS !== KNOWN || difficulties.length < KNOWN + 2) return undefined;
  const [before, ...own] = difficulties.values();
  if (before === difficulty || own.some((each) => each !== difficulty)) return undefined;
  return time - times.at(KNOWN + 1);
}

type Outlook = { readonly elapsed: number; readonly change: number; readonly least: number };

function signalOf({ features: { height, blockhash } }: BlockRow, { elapsed, change, least }: Outlook): Signal {
  const percent = (share: number): number => 100 * Math.abs(share);
  const level = change > 0 ? Math.expm1(LEVEL) : Math.expm1(-LEVEL);
  return {
    kind: "difficulty-outlook",
    height,
    blockhash,
    startHeight: height - KNOWN,
    subject: null,
    direction: change > 0 ? "above" : "below",
    // Of the few periods that are looked back on there is no history to rank it in.
    surprise: null,
    metrics: [
      {
        name: "Change of the difficulty, as projected",
        unit: "percent",
        value: percent(change),
        baseline: null,
        level: percent(level),
      },
      { name: "Change, at least", unit: "percent", value: percent(least), baseline: null, level: null },
      {
        name: `Time of the ${KNOWN} blocks since the last retarget`,
        unit: "seconds",
        value: elapsed,
        baseline: KNOWN * TARGET_SPACING,
        level: null,
      },
    ],
    transfers: [],
  };
}
