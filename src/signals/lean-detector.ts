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
  const watched = { kinds: order.subjects, capacity: lookBack - rule.quiet * BIN_BLOCKS };
  return {
    kind,
    lookBack,
    detect(row, book) {
      const subjects = meetEntities(row, book.subjects(kind), watched);
      for (const { memory, flow } of subjects) pushBoth(memory.series("blocks", 2 * BIN_BLOCKS), flow ?? NOTHING);
      if (row.features.height % BIN_BLOCKS !== BIN_BLOCKS - 1) return [];
      return subjects.flatMap(({ entity, memory }) => {
        const bin = sumBoth(memory.series("blocks", 2 * BIN_BLOCKS), BIN_BLOCKS);
        const bins = memory.series("bins", 2 * rule.span);
        pushBoth(bins, bin);
        const change = sign * (bin.inflow - bin.outflow);
        const lean = judgeLean(memory, { change, subjects: subjects.length }, rule);
        // Whoever is met late is taken to have done nothing before; before the beginning there was nothing to do.
        if (lean === undefined || book.blocks < lookBack) return [];
        const { inflow, outflow } = sumBoth(bins, rule.span);
        if (inflow + outflow < order.leastMoved) return [];
        return [leanSignal(row, { ...order, subject: entity, lean, inflow, outflow, spanBins: rule.span })];
      });
    },
  };
}

/** Satoshis. */
type Coins = { readonly inflow: number; readonly outflow: number };

const NOTHING: Coins = { inflow: 0, outflow: 0 };

/** In turn: one series is found faster than two. */
function pushBoth(series: RollingSeries, { inflow, outflow }: Coins): void {
  series.push(inflow);
  series.push(outflow);
}

function sumBoth(series: RollingSeries, count: number): Coins {
  let [inflow, outflow] = [0, 0];
  for (let back = 1; back <= count; back += 1) {
    inflow += series.at(2 * back);
    outflow += series.at(2 * back - 1);
  }
  return { inflow, outflow };
}
