import type { Entity, EntityFlow, Transfer } from "#features";
import { judge, lookBackOfRule, type Rule, type Verdict } from "../baseline/judge.ts";
import type { Memory } from "../baseline/memory.ts";
import type { RollingSeries } from "../baseline/rolling-series.ts";
import type { SeriesBook } from "../baseline/series-book.ts";
import type { Subject } from "../baseline/subjects.ts";
import { blocksInTime } from "../blocks/pace.ts";
import type { Detector } from "../detector.ts";
import { goesOn } from "../goes-on.ts";
import type { BlockRow, FoundSignal } from "../signal.ts";
import { meetEntities } from "../meet-entities.ts";

/** Blocks over which flows are summed: an hour and a half. */
const SPAN_BLOCKS = 9;
/** A single large transfer is told as such; a spike is what many make. As many as {@link Largest} holds. */
const LEFT_OUT = 2;

const RULE: Rule = {
  lookBack: 2_016,
  quietBlocks: 24,
  budget: 1,
  warmUp: SPAN_BLOCKS - 1,
  isFollowed: true,
  tail: { share: 0.1, censored: 0.006, leastScale: 6_000_000_000 },
};

const WATCHED = { kinds: ["exchange"], capacity: RULE.lookBack } as const;

type Side = {
  readonly kind: "inflow-spike" | "outflow-spike";
  readonly metric: string;
  readonly sumOf: (flow: EntityFlow) => number;
  readonly partyOf: (transfer: Transfer) => Transfer["from"];
};

/** Coins that come to one exchange, against the two weeks before at the same exchange. Definition: docs/signals/inflow-spike.md. */
export const inflowSpike = flowSpike({
  kind: "inflow-spike",
  metric: "Inflow",
  sumOf: ({ inflow }) => inflow,
  partyOf: ({ to }) => to,
});

/** Coins that leave one exchange, against the two weeks before at the same exchange. Definition: docs/signals/outflow-spike.md. */
export const outflowSpike = flowSpike({
  kind: "outflow-spike",
  metric: "Outflow",
  sumOf: ({ outflow }) => outflow,
  partyOf: ({ from }) => from,
});

function flowSpike(side: Side): Detector {
  return {
    kind: side.kind,
    lookBack: lookBackOfRule(RULE),
    followedBy: 1,
    detect(row, book) {
      const exchanges = meetEntities(row, book.subjects(side.kind), WATCHED);
      const largest = largestByActor(row.transfers, side);
      const slowness = slownessOf(row, book, side);
      const signals: FoundSignal[] = [];
      for (const exchange of exchanges) {
        const blocks = takeFlow(exchange, side, largest);
        const verdict = judgeFlow(exchange.memory, blocks, { slowness, subjects: exchanges.length });
        if (verdict !== undefined) signals.push(signalOf(row, exchange.entity, side, verdict));
      }
      return signals;
    },
  };
}

/** Where blocks come slowly, more coins come in each: times ten minutes that one took, at least 1. */
function slownessOf(row: BlockRow, book: SeriesBook, { kind }: Side): number {
  const due = blocksInTime(row, book, { kind, blocks: SPAN_BLOCKS });
  return Number.isNaN(due) ? 1 : Math.max(1, due / SPAN_BLOCKS);
}

type Judged = Verdict & { readonly sum: number; readonly leftOut: number };

/** Remembers of each block in turn the sum and its largest transfers: one series is found faster than three. */
function takeFlow(
  { entity, memory, flow }: Subject,
  { sumOf }: Side,
  largest: ReadonlyMap<string, Largest>,
): RollingSeries {
  const blocks = memory.series("blocks", 3 * SPAN_BLOCKS);
  const ofBlock = flow === undefined ? undefined : largest.get(entity.actor);
  blocks.push(flow === undefined ? 0 : sumOf(flow));
  blocks.push(ofBlock?.first ?? 0);
  blocks.push(ofBlock?.second ?? 0);
  return blocks;
}

function judgeFlow(
  memory: Memory,
  blocks: RollingSeries,
  { slowness, subjects }: { readonly slowness: number; readonly subjects: number },
): Judged | undefined {
  let sum = 0;
  const span = { first: 0, second: 0 };
  for (let block = 0; block < SPAN_BLOCKS; block += 1) {
    sum += blocks.at(3 * block + 3);
    enter(span, blocks.at(3 * block + 2));
    enter(span, blocks.at(3 * block + 1));
  }
  const leftOut = span.first + span.second;
  // What a transfer moves may be more than what its party wins: another may win some of it.
  const value = Math.max(0, sum - leftOut) / slowness;
  const verdict = judge(memory, { value, subjects }, RULE);
  // The level, too, is that of so much time.
  return verdict && { ...verdict, middle: slowness * verdict.middle, level: slowness * verdict.level, sum, leftOut };
}

/** The two largest transfers, satoshis. */
type Largest = { first: number; second: number };

function enter(largest: Largest, value: number): void {
  if (value > largest.first) {
    largest.second = largest.first;
    largest.first = value;
  } else if (value > largest.second) largest.second = value;
}

function largestByActor(transfers: readonly Transfer[], { partyOf }: Side): ReadonlyMap<string, Largest> {
  const byActor = new Map<string, Largest>();
  for (const transfer of transfers) {
    const actor = partyOf(transfer)?.actor;
    if (actor === undefined || transfer.kind === "in-house") continue;
    const largest = byActor.get(actor) ?? { first: 0, second: 0 };
    enter(largest, transfer.value);
    byActor.set(actor, largest);
  }
  return byActor;
}

function largestTransfers(transfers: readonly Transfer[], actor: string, { partyOf }: Side): readonly Transfer[] {
  return transfers
    .filter((transfer) => partyOf(transfer)?.actor === actor && transfer.kind !== "in-house")
    .toSorted((left, right) => right.value - left.value);
}

function signalOf({ features, transfers }: BlockRow, subject: Entity, side: Side, verdict: Judged): FoundSignal {
  const { height, blockhash } = features;
  return {
    kind: side.kind,
    height,
    blockhash,
    startHeight: height - SPAN_BLOCKS + 1,
    subject,
    direction: "above",
    surprise: verdict.surprise,
    metrics: [
      {
        name: `${side.metric} of ${SPAN_BLOCKS} blocks without the ${LEFT_OUT} largest transfers`,
        unit: "sats",
        value: verdict.sum - verdict.leftOut,
        baseline: verdict.middle,
        level: verdict.level,
      },
      {
        name: `${side.metric} of ${SPAN_BLOCKS} blocks`,
        unit: "sats",
        value: verdict.sum,
        baseline: null,
        level: null,
      },
    ],
    transfers: largestTransfers(transfers, subject.actor, side),
    ...goesOn(verdict),
  };
}
