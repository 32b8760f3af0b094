import type { Entity, EntityFlow, Transfer } from "#features";
import { judge, lookBackOfRule, type Rule, type Verdict } from "../baseline/judge.ts";
import type { Detector } from "../detector.ts";
import { goesOn } from "../goes-on.ts";
import { meetEntities } from "../meet-entities.ts";
import type { BlockRow, FoundSignal, SignalKind } from "../signal.ts";

type PoolOutflow = {
  readonly kind: SignalKind;
  /** For a person. */
  readonly metric: string;
  readonly spanBlocks: number;
  /** It is judged in every so many blocks, and its rule counts in them. */
  readonly stepBlocks: number;
  readonly sumOf: (flow: EntityFlow) => number;
  readonly rule: Rule;
};

/** A sale takes some hours: two hours see most of it. Below 50 BTC it is nothing to anybody. */
const SALE_BLOCKS = 12;

/** A pool sends more to other labelled entities than it does otherwise. Definition: docs/signals/treasury-sale.md. */
export const treasurySale = poolOutflow({
  kind: "treasury-sale",
  metric: "Outflow to other labelled entities",
  spanBlocks: SALE_BLOCKS,
  stepBlocks: 1,
  sumOf: ({ outflow, interEntityOut }) => Math.min(outflow, interEntityOut),
  rule: {
    lookBack: 2_016,
    quietBlocks: 36,
    budget: 1,
    isFollowed: true,
    warmUp: SALE_BLOCKS - 1,
    floor: 5_000_000_000,
    tail: { share: 0.25, censored: 0.015, leastScale: 1_200_000_000 },
  },
});

/** A small pool pays out once in days: a day is long enough to compare one payout with another. */
const PAYOUT_BLOCKS = 144;
const PAYOUT_STEP_BLOCKS = 12;

/** A pool pays more to unlabelled owners within a day than it does otherwise. Definition: docs/signals/miner-payout.md. */
export const minerPayout = poolOutflow({
  kind: "miner-payout",
  metric: "Outflow to owners that nobody has labelled",
  spanBlocks: PAYOUT_BLOCKS,
  stepBlocks: PAYOUT_STEP_BLOCKS,
  sumOf: ({ outflow, interEntityOut }) => Math.max(0, outflow - interEntityOut),
  rule: {
    lookBack: 2_016 / PAYOUT_STEP_BLOCKS,
    quietBlocks: PAYOUT_BLOCKS / PAYOUT_STEP_BLOCKS,
    budget: PAYOUT_STEP_BLOCKS,
    isFollowed: true,
    warmUp: PAYOUT_BLOCKS / PAYOUT_STEP_BLOCKS - 1,
    floor: 100_000_000,
    tail: { share: 0.25, censored: 0.01, leastScale: 300_000_000 },
  },
});

function poolOutflow(order: PoolOutflow): Detector {
  const { kind, rule, stepBlocks } = order;
  const lookBack = (lookBackOfRule(rule) + 1) * stepBlocks;
  return {
    kind,
    lookBack,
    followedBy: 0,
    detect(row, book) {
      const capacity = lookBack - rule.quietBlocks * stepBlocks;
      const pools = meetEntities(row, book.subjects(kind), { kinds: ["pool"], capacity });
      return pools.flatMap(({ entity, memory, flow }) => {
        const sums = memory.series("sum", order.spanBlocks);
        sums.push(flow === undefined ? 0 : order.sumOf(flow));
        if (row.features.height % stepBlocks !== stepBlocks - 1) return [];
        const value = sums.sumOfLast(order.spanBlocks);
        const verdict = judge(memory, { value, subjects: pools.length }, rule);
        // Whoever is met late is taken to have done nothing before; before the beginning there was nothing to do.
        return verdict === undefined || book.blocks < lookBack
          ? []
          : [signalOf(row, { order, entity, value, verdict })];
      });
    },
  };
}

function signalOf(
  { features: { height, blockhash }, transfers }: BlockRow,
  found: { readonly order: PoolOutflow; readonly entity: Entity; readonly value: number; readonly verdict: Verdict },
): FoundSignal {
  const { order, entity, value, verdict } = found;
  return {
    kind: order.kind,
    height,
    blockhash,
    startHeight: Math.max(0, height - order.spanBlocks + 1),
    subject: entity,
    direction: "above",
    surprise: verdict.surprise,
    metrics: [{ name: order.metric, unit: "sats", value, baseline: verdict.middle, level: verdict.level }],
    transfers: sentBy(transfers, entity.actor),
    ...goesOn(verdict),
  };
}

function sentBy(transfers: readonly Transfer[], actor: string): readonly Transfer[] {
  return transfers
    .filter(({ from, kind }) => from?.actor === actor && kind !== "in-house")
    .toSorted((left, right) => right.value - left.value);
}
