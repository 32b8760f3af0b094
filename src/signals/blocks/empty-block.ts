import { judgeRun, lookBackOfRun, metWithin, type RunRule, type RunVerdict } from "../baseline/judge-run.ts";
import { tellOnce } from "../baseline/tell-once.ts";
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
    const pools = book.subjects("empty-block pool", emptyOf === undefined ? [] : [emptyOf], metWithin(RULE));
    const subjects = pools.length + 1;
    const all = judgeRun(book, { name: "empty-block", isHit: isEmpty, subjects }, RULE);
    const ofPools = pools.map((pool) => {
      const question = { name: book.nameOf("empty-block pool", pool), isHit: pool === emptyOf, subjects };
      return { pool, verdict: judgeRun(book, question, RULE) };
    });
    // One event: a pool that mines so many says more than their number, and makes the number of all stand out as well.
    const told = ofPools.find(({ verdict }) => verdict !== undefined) ?? { pool: null, verdict: all };
    const isNew = tellOnce(book, "empty-block told", RULE.quietBlocks, told.verdict !== undefined);
    return told.verdict !== undefined && isNew ? [signalOf(row, told.pool, told.verdict)] : [];
  },
};

function signalOf({ features: { height, blockhash } }: BlockRow, pool: string | null, verdict: RunVerdict): Signal {
  return {
    kind: "empty-block",
    height,
    blockhash,
    startHeight: height - RULE.window + 1,
    subject: pool === null ? null : { actor: pool, kind: "pool" },
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
