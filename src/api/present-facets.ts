import type { z } from "zod";
import type { countInsightsQuery, InsightFacets } from "#contract";
import type { search } from "#store";

type Query = z.output<typeof countInsightsQuery>;

const LEVELS = [0.5, 0.6, 0.7, 0.8, 0.9] as const;

/** Each facet counts what the other parts of the filter leave. */
export function presentFacets(
  { counts, complete }: search.InsightCounts,
  { category, kind, status }: Query,
): InsightFacets {
  const chosen = {
    category: (one: search.InsightCount) => category === undefined || category.includes(one.category),
    kind: (one: search.InsightCount) => kind === undefined || kind.includes(one.kind),
    status: (one: search.InsightCount) => status === undefined || status.includes(one.status),
    confidence: (one: search.InsightCount) => one.confident,
  };
  const leaving = (open?: keyof typeof chosen): search.InsightCount[] =>
    counts.filter((one) => Object.entries(chosen).every(([part, holds]) => part === open || holds(one)));
  const facet = <Part extends "category" | "kind" | "status">(part: Part) => sumBy(leaving(part), (one) => one[part]);
  const sum = (some: readonly search.InsightCount[]): number => some.reduce((total, one) => total + one.count, 0);
  return {
    total: sum(leaving()),
    complete,
    category: facet("category"),
    kind: facet("kind"),
    status: facet("status"),
    confidence: LEVELS.map((atLeast) => ({
      atLeast,
      count: sum(leaving("confidence").filter(({ tenths }) => tenths !== null && tenths >= Math.round(atLeast * 10))),
    })),
  };
}

function sumBy<Value>(counts: readonly search.InsightCount[], valueOf: (one: search.InsightCount) => Value) {
  const sums = new Map<Value, number>();
  for (const one of counts) sums.set(valueOf(one), (sums.get(valueOf(one)) ?? 0) + one.count);
  return [...sums].map(([value, count]) => ({ value, count })).toSorted((a, b) => b.count - a.count);
}
