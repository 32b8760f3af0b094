import type { SignalKind } from "#signals";
import type { Insight } from "./insight.ts";
import { kindsOf } from "./kinds-of.ts";

/** What a node publishes of what it finds. Signals are stored and claims are scored all the same. */
export type Publication = {
  /** `null`: all there are. */
  readonly kinds: ReadonlySet<SignalKind> | null;
  /** Percent. What has no rank is not held back by it. */
  readonly leastSurprise: number;
  /** Percent. What claims nothing, or has no confidence yet, is not held back by it. */
  readonly leastConfidence: number;
};

export function isPublished(insight: Insight, publication: Publication): boolean {
  const { surprise, confidence } = insight;
  const { kinds, leastSurprise, leastConfidence } = publication;
  if (kinds !== null && !kindsOf(insight).some((each) => kinds.has(each))) return false;
  if (surprise !== null && surprise.percentile < leastSurprise) return false;
  return confidence === null || 100 * confidence >= leastConfidence;
}

/**
 * Whether an insight is published with what its signals say by themselves: of several about one event one that passes is
 * enough, or what would have been told alone is told nowhere.
 */
export function isPublishedWith(insight: Insight, said: readonly Insight[], publication: Publication): boolean {
  const { also = [], transactions } = insight.evidence;
  const cited = new Set(transactions.map(({ txid }) => txid));
  const parts = said.filter(
    ({
      kind,
      evidence: {
        transactions: [first],
      },
    }) => {
      return also.includes(kind) && first !== undefined && cited.has(first.txid);
    },
  );
  return [insight, ...parts].some((each) => isPublished(each, publication));
}
