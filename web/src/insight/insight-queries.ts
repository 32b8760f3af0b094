import { queryOptions } from "@tanstack/react-query";
import type { ChartPoints, Insight, InsightExplanation, InsightOutcome, RelatedInsights } from "#contract";
import { fetchJson } from "../server/fetch-json.ts";

const pathOf = (id: string): string => `/api/v1/insights/${encodeURIComponent(id)}`;

/** A block may take it away or confirm it. */
const EVERY_MS = 15_000;

export const insightOf = (id: string) =>
  queryOptions({
    queryKey: ["insight", id],
    queryFn: ({ signal }) => fetchJson<Insight>(pathOf(id), signal),
    refetchInterval: EVERY_MS,
  });

export const outcomeOf = (id: string) =>
  queryOptions({
    queryKey: ["insight-outcome", id],
    queryFn: ({ signal }) => fetchJson<InsightOutcome>(`${pathOf(id)}/outcome`, signal),
    refetchInterval: EVERY_MS,
  });

export const explanationOf = (id: string) =>
  queryOptions({
    queryKey: ["insight-explanation", id],
    queryFn: ({ signal }) => fetchJson<InsightExplanation>(`${pathOf(id)}/explanation`, signal),
    refetchInterval: EVERY_MS,
  });

/** It goes on with the blocks after the event. */
export const chartOfInsight = (id: string) =>
  queryOptions({
    queryKey: ["insight-chart", id],
    queryFn: ({ signal }) => fetchJson<ChartPoints>(`${pathOf(id)}/chart`, signal),
    refetchInterval: EVERY_MS,
  });

export const relatedTo = (id: string) =>
  queryOptions({
    queryKey: ["insight-related", id],
    queryFn: ({ signal }) => fetchJson<RelatedInsights>(`${pathOf(id)}/related`, signal),
    staleTime: 60_000,
  });
