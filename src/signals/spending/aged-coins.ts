import { judge, lookBackOfRule, type Rule, type Verdict } from "../baseline/judge.ts";
import { logarithmic, type Scale } from "../baseline/scale.ts";
import type { SeriesBook } from "../baseline/series-book.ts";
import type { Detector } from "../detector.ts";
import type { BlockRow, Measurement, MetricUnit, Signal } from "../signal.ts";
import { coinDaysMoved, coinDaysOf, revivedMoved } from "./change-hands.ts";

/** Blocks in which one spending of old coins is told once: it may come in several transactions. */
const QUIET_BLOCKS = 6;

const RULE: Rule = {
  lookBack: 2_016,
  quietBlocks: 0,
  budget: 1,
  tail: { share: 0.015, censored: 0.002, leastScale: 0.4 },
};

/** Transfers are cited that ended at least such a part of the holding. */
const CITED_PART = 0.1;

type AgedCoinsKind = "revived-supply" | "coin-days-destroyed";

type Metric = {
  readonly kind: AgedCoinsKind;
  readonly name: string;
  readonly unit: MetricUnit;
  readonly scale: Scale;
  /** `NaN` where the heights of the spent coins are not known. */
  readonly valueOf: (row: BlockRow) => number;
};

/** Supply that revives ends much holding as well: a block tells the first that stands out. */
const METRICS: readonly Metric[] = [
  {
    kind: "revived-supply",
    name: "Coins older than a year that change hands",
    unit: "sats",
    scale: logarithmic(5_000_000_000),
    valueOf: revivedMoved,
  },
  {
    kind: "coin-days-destroyed",
    name: "Coin days of what changes hands",
    unit: "coin-days",
    scale: logarithmic(1_000),
    valueOf: coinDaysMoved,
  },
];

/** Coins of more than a year that change hands in a block. Definition: docs/signals/revived-supply.md. */
export const revivedSupply = agedCoins("revived-supply");

/** How much holding a block ends. Definition: docs/signals/coin-days-destroyed.md. */
export const coinDaysDestroyed = agedCoins("coin-days-destroyed");

function agedCoins(kind: AgedCoinsKind): Detector {
  return {
    kind,
    lookBack: lookBackOfRule(RULE) + QUIET_BLOCKS,
    detect(row, book) {
      const found = findAgedCoins(row, book, kind);
      return found?.metric.kind === kind ? [signalOf(row, found)] : [];
    },
  };
}

type Found = { readonly metric: Metric; readonly value: number; readonly verdict: Verdict };

/**
 * The first metric that stands out; `undefined` where none does, or one did shortly before. Each kind looks at all of
 * them and remembers them under its own name, so it does not matter who else looks.
 */
function findAgedCoins(row: BlockRow, book: SeriesBook, asker: AgedCoinsKind): Found | undefined {
  const found = METRICS.flatMap((metric) => {
    const value = metric.valueOf(row);
    const verdict = judge(book.memory(`${asker} by ${metric.kind}`), { value: metric.scale.to(value) }, RULE);
    return verdict === undefined ? [] : [{ metric, value, verdict }];
  });
  return book.memory(asker).tellOnce(QUIET_BLOCKS, found.length > 0) ? found[0] : undefined;
}

function signalOf(row: BlockRow, { metric, value, verdict }: Found): Signal {
  const { height, blockhash, coin_days_destroyed: coinDays } = row.features;
  const { kind, name, unit, scale } = metric;
  const stoodOut = { name, unit, value, baseline: scale.from(verdict.middle), level: scale.from(verdict.level) };
  return {
    kind,
    height,
    blockhash,
    startHeight: height,
    subject: null,
    direction: "above",
    surprise: verdict.surprise,
    metrics: [stoodOut, destroyed(coinDays ?? 0)],
    transfers: row.transfers
      .filter((transfer) => transfer.kind !== "in-house" && coinDaysOf(transfer) >= CITED_PART * coinDaysMoved(row))
      .toSorted((left, right) => coinDaysOf(right) - coinDaysOf(left)),
  };
}

function destroyed(value: number): Measurement {
  return { name: "Coin days destroyed in all", unit: "coin-days", value, baseline: null, level: null };
}
