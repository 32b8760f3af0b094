import type { Entity } from "#features";
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
    const met = book.subjects("pool-run");
    if (found !== undefined) met.meet({ actor: found, kind: "pool" });
    const pools = met.list(metWithin(RULE));
    return pools.flatMap(({ entity, memory }) => {
      const question = { isHit: entity.actor === found, subjects: pools.length };
      const verdict = judgeRun(memory, question, RULE);
      return verdict === undefined ? [] : [signalOf(row, entity, verdict)];
    });
  },
};

function signalOf({ features: { height, blockhash } }: BlockRow, pool: Entity, verdict: RunVerdict): Signal {
  return {
    kind: "pool-run",
    height,
    blockhash,
    startHeight: height - RULE.window + 1,
    subject: pool,
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
