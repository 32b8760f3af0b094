import type { Entity } from "#features";
import { judgeRun, lookBackOfRun, metWithin, type RunRule, type RunVerdict } from "../baseline/judge-run.ts";
import type { Detector } from "../detector.ts";
import type { BlockRow, Signal } from "../signal.ts";

const RULE: RunRule = { window: 144, lookBack: 2_016, quietBlocks: 144, budget: 1 };

/**
 * More blocks of a day hold nothing but their coinbase than chance makes of the two weeks before, of all miners or of
 * one pool. Definition and sources: docs/signals/empty-block.md.
 */
export const emptyBlock: Detector = {
  kind: "empty-block",
  lookBack: lookBackOfRun(RULE) + RULE.quietBlocks,
  detect(row, book) {
    const isEmpty = row.features.txs === 1;
    const emptyOf = isEmpty ? row.features.pool?.name : undefined;
    const met = book.subjects("empty-block");
    if (emptyOf !== undefined) met.meet({ actor: emptyOf, kind: "pool" });
    const pools = met.list(metWithin(RULE));
    const subjects = pools.length + 1;
    const all = judgeRun(book.memory("empty-block"), { isHit: isEmpty, subjects }, RULE);
    const ofPools = pools.map(({ entity, memory }) => {
      const question = { isHit: entity.actor === emptyOf, subjects };
      return { pool: entity, verdict: judgeRun(memory, question, RULE) };
    });
    // One event: a pool that mines so many says more than their number, and makes the number of all stand out as well.
    const told = ofPools.find(({ verdict }) => verdict !== undefined) ?? { pool: null, verdict: all };
    const isNew = book.memory("empty-block told").tellOnce(RULE.quietBlocks, told.verdict !== undefined);
    return told.verdict !== undefined && isNew ? [signalOf(row, told.pool, told.verdict)] : [];
  },
};

function signalOf({ features: { height, blockhash } }: BlockRow, pool: Entity | null, verdict: RunVerdict): Signal {
  return {
    kind: "empty-block",
    height,
    blockhash,
    startHeight: height - RULE.window + 1,
    subject: pool,
    direction: "above",
    surprise: verdict.surprise,
    metrics: [
      {
        name: `Empty blocks among ${RULE.window}${pool === null ? "" : ", of the pool"}`,
        unit: "count",
        value: verdict.count,
        baseline: verdict.usual,
        level: verdict.level,
      },
    ],
    transfers: [],
  };
}
