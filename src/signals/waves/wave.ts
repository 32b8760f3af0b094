import type { BlockFeatures } from "#features";
import { judge, lookBackOfRule, type Rule } from "../baseline/judge.ts";
import type { SeriesBook } from "../baseline/series-book.ts";
import type { TailShape } from "../baseline/tail.ts";
import type { Detector } from "../detector.ts";
import { goesOn } from "../goes-on.ts";

/** Blocks over which transactions are counted: two hours. */
export const WAVE_SPAN_BLOCKS = 12;
/** The newest of them, an hour: how fast the wave rises. */
export const WAVE_RISE_BLOCKS = 6;

const RULE: Omit<Rule, "tail"> = {
  lookBack: 2_016,
  quietBlocks: 36,
  budget: 1,
  warmUp: WAVE_SPAN_BLOCKS - 1,
  isFollowed: true,
};

type Wave = {
  readonly metric: string;
  /** Two waves in two weeks must not hide the third, so as many counts as they fill say nothing. */
  readonly tail: TailShape;
  /** Transactions of the kind in a block; `null` where it came without spent outputs. */
  readonly countOf: (features: BlockFeatures) => number | null;
};

export const WAVES = {
  "inscription-wave": {
    metric: "Inscriptions",
    tail: { share: 0.3, censored: 0.09, leastScale: 1.5 },
    countOf: ({ inscriptions }) => inscriptions,
  },
  "consolidation-wave": {
    metric: "Consolidations",
    tail: { share: 0.25, censored: 0.08, leastScale: 1.5 },
    countOf: ({ transaction_kinds: { consolidation } }) => consolidation,
  },
  "coinjoin-wave": {
    metric: "CoinJoin-like transactions",
    tail: { share: 0.3, censored: 0.09, leastScale: 1.5 },
    countOf: ({ transaction_kinds: { coinjoin } }) => coinjoin,
  },
} as const satisfies Record<string, Wave>;

export type WaveKind = keyof typeof WAVES;

/** Inscriptions against the two weeks before. Definition: docs/signals/inscription-wave.md. */
export const inscriptionWave = wave("inscription-wave");

/** Transactions that join many coins, against the two weeks before. Definition: docs/signals/consolidation-wave.md. */
export const consolidationWave = wave("consolidation-wave");

/** Transactions that look like CoinJoins, against the two weeks before. Definition: docs/signals/coinjoin-wave.md. */
export const coinjoinWave = wave("coinjoin-wave");

function wave(kind: WaveKind): Detector {
  const { metric, countOf, tail }: Wave = WAVES[kind];
  const rule: Rule = { ...RULE, tail };
  return {
    kind,
    lookBack: lookBackOfRule(rule),
    followedBy: 0,
    detect({ features }, book) {
      const { value, newest } = countSpan(book, kind, countOf(features));
      const verdict = judge(book.memory(kind), { value }, rule);
      if (verdict === undefined) return [];
      const { height, blockhash } = features;
      return [
        {
          kind,
          height,
          blockhash,
          startHeight: height - WAVE_SPAN_BLOCKS + 1,
          subject: null,
          direction: "above",
          surprise: verdict.surprise,
          metrics: [
            {
              name: `${metric} of ${WAVE_SPAN_BLOCKS} blocks`,
              unit: "count",
              value,
              baseline: verdict.middle,
              // Counts are whole: what is above it is above the level.
              level: Math.floor(verdict.level),
            },
            {
              name: `${metric} of the newest ${WAVE_RISE_BLOCKS} of them`,
              unit: "count",
              value: newest,
              baseline: null,
              level: null,
            },
          ],
          transfers: [],
          ...goesOn(verdict),
        },
      ];
    },
  };
}

/** With the last blocks; `NaN` where one of them is not known. */
function countSpan(book: SeriesBook, kind: string, count: number | null): { value: number; newest: number } {
  const counts = book.memory(kind).series("count", WAVE_SPAN_BLOCKS);
  counts.push(count ?? Number.NaN);
  return { value: counts.sumOfLast(WAVE_SPAN_BLOCKS), newest: counts.sumOfLast(WAVE_RISE_BLOCKS) };
}
