import type { z } from "zod";
import type { countInsightsQuery } from "#contract";
import type { search } from "#store";

/** What a request asks for, as the store is asked. */
export function insightFilterOf(query: z.output<typeof countInsightsQuery>): search.InsightFilter {
  const { category, kind, status, minConfidence, from, to, fromHeight, toHeight, entity, tag, q } = query;
  return {
    categories: category,
    kinds: kind,
    statuses: status,
    minConfidence,
    from: from === undefined ? undefined : Date.parse(from) / 1_000,
    to: to === undefined ? undefined : Date.parse(to) / 1_000,
    fromHeight,
    toHeight,
    entity,
    tag,
    text: q,
  };
}

/** The same as parameters of an address, without what was left out. */
export function parametersOf(query: z.output<typeof countInsightsQuery>): Record<string, string | number | undefined> {
  const { category, kind, status, minConfidence, from, to, fromHeight, toHeight, entity, tag, q } = query;
  const lists = { category: category?.join(","), kind: kind?.join(","), status: status?.join(",") };
  return { ...lists, minConfidence, from, to, fromHeight, toHeight, entity, tag, q };
}
