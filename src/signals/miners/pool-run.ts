import { judgeRun, lookBackOfRun, metWithin, type RunRule, type RunVerdict } from "../baseline/judge-run.ts";
import type { Detector } from "../detector.ts";
import type { BlockRow, Signal } from "../signal.ts";

const RULE: RunRule = { window: 24, lookBack: 2_016, quietBlocks: 24, budget: 1 };

/**
 * One pool finds more of the last four hours' blocks than chance makes of its share of the two weeks before.
 * Definition and sources: docs/signals/pool-run.md.
 */
export const poolRun: Detector = {
  kind: "pool-run",
  lookBack: lookBackOfRun(RULE),
  detect(row, book) {
    const found = row.features.pool?.name;
    const pools = book.subjects("pool-run", found === undefined ? [] : [found], metWithin(RULE));
    return pools.flatMap((pool) => {
      const question = { name: book.nameOf("pool-run", pool), isHit: pool === found, subjects: pools.length };
      const verdict = judgeRun(book, question, RULE);
      return verdict === undefined ? [] : [signalOf(row, pool, verdict)];
    });
  },
};

function signalOf({ features: { height, blockhash } }: BlockRow, pool: string, verdict: RunVerdict): Signal {
  return {
    kind: "pool-run",
    height,
    blockhash,
    startHeight: height - RULE.window + 1,
    subject: { actor: pool, kind: "pool" },
    direction: "above",
    surprise: verdict.surprise,
    metrics: [
      {
        name: `Blocks of ${RULE.window} that the pool found`,
        unit: "count",
        value: verdict.count,
        baseline: verdict.usual,
        level: verdict.level,
      },
    ],
    transfers: [],
  };
}
