import { startOf } from "../chart.ts";
import type { Insight, InsightCategory } from "../insight.ts";

/** Insights about one subject that lie so close are about one event: two hours of blocks. */
const ONE_EVENT_BLOCKS = 12;

/** What happens in these is about the chain as a whole, so closeness alone makes one event of it. */
const OF_THE_WHOLE_CHAIN: ReadonlySet<InsightCategory> = new Set(["mempool", "network"]);

/**
 * Insights that tell of one event, together: they name one transaction, or they are about one subject (an entity; the
 * mempool or the chain as a whole) and lie at most twelve blocks apart. Each in one group, in the order given.
 */
export function groupEvents<Each extends Insight>(insights: readonly Each[]): readonly (readonly Each[])[] {
  let groups: Each[][] = [];
  for (const insight of insights) {
    const [same, others] = [[] as Each[][], [] as Each[][]];
    for (const group of groups) (group.some((each) => isOneEvent(each, insight)) ? same : others).push(group);
    groups = [...others, [...same.flat(), insight]];
  }
  const place = new Map(insights.map((insight, index) => [insight.id, index]));
  const at = (insight: Insight | undefined): number => place.get(insight?.id ?? "") ?? 0;
  return groups
    .map((group) => group.toSorted((left, right) => at(left) - at(right)))
    .toSorted(([left], [right]) => at(left) - at(right));
}

function isOneEvent(left: Insight, right: Insight): boolean {
  const txids = new Set(left.evidence.transactions.map(({ txid }) => txid));
  if (right.evidence.transactions.some(({ txid }) => txids.has(txid))) return true;
  return isOneSubject(left, right) && distance(left, right) <= ONE_EVENT_BLOCKS;
}

function isOneSubject(left: Insight, right: Insight): boolean {
  const [one, other] = [left.evidence.subject ?? null, right.evidence.subject ?? null];
  if (one !== null && other !== null) return one.actor === other.actor && one.kind === other.kind;
  return one === other && left.category === right.category && OF_THE_WHOLE_CHAIN.has(left.category);
}

/** Blocks between two insights; 0 where they overlap. */
function distance(left: Insight, right: Insight): number {
  return Math.max(0, startOf(right) - left.height, startOf(left) - right.height);
}
