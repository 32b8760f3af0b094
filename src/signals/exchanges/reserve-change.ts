import type { Entity } from "#features";
import { judge, type Rule, type Verdict } from "../baseline/judge.ts";
import type { Detector } from "../detector.ts";
import { meetEntities } from "../meet-entities.ts";
import type { BlockRow, Signal } from "../signal.ts";

/** A reserve is looked at once in two hours: a week's change does not change faster. */
const STEP_BLOCKS = 12;
const WEEK_BLOCKS = 1_008;
const LOOK_BACK_BLOCKS = 4_032;

/**
 * In steps, not in blocks; and so the budget, which counts in 4,320 values. Weeks overlap: there are but four that do not
 * depend on each other, and a tail fitted to so few is so uncertain that a quarter of the budget is asked for.
 */
const RULE: Rule = {
  lookBack: LOOK_BACK_BLOCKS / STEP_BLOCKS,
  quietBlocks: 288 / STEP_BLOCKS,
  budget: STEP_BLOCKS / 4,
  warmUp: WEEK_BLOCKS / STEP_BLOCKS - 1,
  tail: { share: 0.5, censored: 0.1, leastScale: 80_000_000_000 },
};

const WATCHED = { kinds: ["exchange"], capacity: LOOK_BACK_BLOCKS + WEEK_BLOCKS } as const;

/** What an exchange holds changed more within a week than it does otherwise. Definition: docs/signals/reserve-change.md. */
export const reserveChange: Detector = {
  kind: "reserve-change",
  lookBack: LOOK_BACK_BLOCKS + WEEK_BLOCKS + (RULE.quietBlocks + 1) * STEP_BLOCKS,
  detect(row, book) {
    const exchanges = meetEntities(row, book.subjects("reserve-change"), WATCHED);
    for (const { memory, flow } of exchanges) {
      memory.series("blocks", STEP_BLOCKS).push((flow?.inflow ?? 0) - (flow?.outflow ?? 0));
    }
    if (row.features.height % STEP_BLOCKS !== STEP_BLOCKS - 1) return [];
    return exchanges.flatMap(({ entity, memory }) => {
      const steps = memory.series("steps", WEEK_BLOCKS / STEP_BLOCKS);
      steps.push(memory.series("blocks", STEP_BLOCKS).sumOfLast(STEP_BLOCKS));
      const change = steps.sumOfLast(WEEK_BLOCKS / STEP_BLOCKS);
      const verdict = judge(memory, { value: Math.abs(change), subjects: exchanges.length }, RULE);
      return verdict === undefined || book.blocks < reserveChange.lookBack
        ? []
        : [signalOf(row, entity, { change, verdict })];
    });
  },
};

function signalOf(
  { features }: BlockRow,
  subject: Entity,
  { change, verdict }: { readonly change: number; readonly verdict: Verdict },
): Signal {
  const { height, blockhash } = features;
  return {
    kind: "reserve-change",
    height,
    blockhash,
    startHeight: Math.max(0, height - WEEK_BLOCKS + 1),
    subject,
    direction: change > 0 ? "above" : "below",
    surprise: verdict.surprise,
    metrics: [
      {
        name: `Change of the reserve in ${WEEK_BLOCKS} blocks, either way`,
        unit: "sats",
        value: Math.abs(change),
        baseline: verdict.middle,
        level: verdict.level,
      },
    ],
    transfers: [],
  };
}
