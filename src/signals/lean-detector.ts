import type { EntityKind, Transfer } from "#features";
import { judgeLean, leanLookBack, BIN_BLOCKS, type LeanRule } from "./baseline/lean.ts";
import type { RollingSeries } from "./baseline/rolling-series.ts";
import type { Detector } from "./detector.ts";
import { leanSignal } from "./lean-signal.ts";
import { meetEntities } from "./meet-entities.ts";
import type { SignalKind } from "./signal.ts";

export type LeanKind = {
  readonly kind: SignalKind;
  /** Whom it may be about. */
  readonly subjects: readonly EntityKind[];
  /** 1 where coins come, -1 where they leave. */
  readonly sign: 1 | -1;
  /** What hours are counted: "more outflow than inflow". */
  readonly counted: string;
  /** Satoshis that it has to have moved in the span, both ways together. */
  readonly leastMoved: number;
  readonly partyOf: (transfer: Transfer) => Transfer["from"];
  readonly rule: LeanRule;
};

/** Looks for an entity that receives (or sends) in many more hours than it does the reverse. */
export function leanDetector(order: LeanKind): Detector {
  const { kind, sign, rule } = order;
  const lookBack = leanLookBack(rule);
  const spanBlocks = rule.span * BIN_BLOCKS;
  const watched = { kinds: order.subjects, capacity: lookBack - rule.quiet * BIN_BLOCKS };
  return {
    kind,
    lookBack,
    detect(row, book) {
      const { height } = row.features;
      const subjects = meetEntities(row, book.subjects(kind), watched);
      return subjects.flatMap(({ entity, memory, flow }) => {
        // Inflow and outflow of each block in turn: one series is found faster than two.
        const coins = memory.series("coins", 2 * spanBlocks);
        coins.push(flow?.inflow ?? 0);
        coins.push(flow?.outflow ?? 0);
        if (height % BIN_BLOCKS !== BIN_BLOCKS - 1) return [];
        const bin = sumBoth(coins, BIN_BLOCKS);
        const change = sign * (bin.inflow - bin.outflow);
        const lean = judgeLean(memory, { change, subjects: subjects.length }, rule);
        // Whoever is met late is taken to have done nothing before; before the beginning there was nothing to do.
        if (lean === undefined || book.blocks < lookBack) return [];
        const { inflow, outflow } = sumBoth(coins, spanBlocks);
        if (inflow + outflow < order.leastMoved) return [];
        return [leanSignal(row, { ...order, subject: entity, lean, inflow, outflow, spanBins: rule.span })];
      });
    },
  };
}

function sumBoth(coins: RollingSeries, blocks: number): { inflow: number; outflow: number } {
  let [inflow, outflow] = [0, 0];
  for (let block = 1; block <= blocks; block += 1) {
    inflow += coins.at(2 * block);
    outflow += coins.at(2 * block - 1);
  }
  return { inflow, outflow };
}
