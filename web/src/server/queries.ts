import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type {
  BackfillList,
  SystemMetrics,
  BriefList,
  ForecastList,
  InsightFacets,
  InsightList,
  InsightMetrics,
  MonitoringStatus,
  Scorecard,
  SignalMetrics,
} from "#contract";
import { type FeedFilter, parametersOf } from "../feed/feed-filter.ts";
import { fetchJson } from "./fetch-json.ts";
import { given } from "./given.ts";

const PAGE_SIZE = 30;

export const INSIGHTS_KEY = ["insights"] as const;

/** Pages of the list, newest first. Never stale: the stream tells what changed since. */
export function insightPages(filter: FeedFilter) {
  return infiniteQueryOptions({
    queryKey: [...INSIGHTS_KEY, filter],
    queryFn: ({ pageParam, signal }) => fetchJson<InsightList>(listPath(filter, pageParam), signal),
    initialPageParam: "",
    getNextPageParam: ({ nextPageToken }) => nextPageToken,
    initialData: () => {
      const first = given(listPath(filter, "")) as InsightList | undefined;
      return first && { pages: [first], pageParams: [""] };
    },
    staleTime: Infinity,
  });
}

/** Counted anew while the page is open: blocks bring new ones. */
const FACETS_EVERY_MS = 30_000;

export function insightFacets(filter: FeedFilter) {
  const path = `/api/v1/insights/facets?${parametersOf(filter)}`;
  return queryOptions({
    queryKey: ["insight-facets", filter],
    queryFn: ({ signal }) => fetchJson<InsightFacets>(path, signal),
    initialData: () => given(path) as InsightFacets | undefined,
    staleTime: FACETS_EVERY_MS,
    refetchInterval: FACETS_EVERY_MS,
    placeholderData: keepPreviousData,
  });
}

function listPath(filter: FeedFilter, pageToken: string): string {
  const parameters = parametersOf(filter);
  parameters.set("pageSize", String(PAGE_SIZE));
  if (pageToken !== "") parameters.set("pageToken", pageToken);
  return `/api/v1/insights?${parameters}`;
}

/** Fetched once; afterwards the monitoring stream puts each newer status in its place. */
export const monitoringStatus = queryOptions({
  queryKey: ["monitoring-status"],
  queryFn: ({ signal }) => fetchJson<MonitoringStatus>("/api/v1/monitoring/status", signal),
  initialData: () => given("/api/v1/monitoring/status") as MonitoringStatus | undefined,
  staleTime: Infinity,
});

/** They change with a block at the soonest, which a simulated network may find every few seconds. */
const PREDICTIONS_EVERY_MS = 10_000;

export const forecasts = queryOptions({
  queryKey: ["forecasts"],
  queryFn: ({ signal }) => fetchJson<ForecastList>("/api/v1/forecasts", signal),
  initialData: () => given("/api/v1/forecasts") as ForecastList | undefined,
  staleTime: PREDICTIONS_EVERY_MS,
  refetchInterval: PREDICTIONS_EVERY_MS,
});

export const scorecard = queryOptions({
  queryKey: ["scorecard"],
  queryFn: ({ signal }) => fetchJson<Scorecard>("/api/v1/scorecard?pageSize=12", signal),
  initialData: () => given("/api/v1/scorecard?pageSize=12") as Scorecard | undefined,
  staleTime: PREDICTIONS_EVERY_MS,
  refetchInterval: PREDICTIONS_EVERY_MS,
});

const OUTCOMES = 30;

/** What came of predictions, newest first; `kind` empty for all. */
export function outcomePages(kind: string) {
  return infiniteQueryOptions({
    queryKey: ["outcomes", kind],
    queryFn: ({ pageParam, signal }) => {
      const parameters = new URLSearchParams({ pageSize: String(OUTCOMES) });
      if (kind !== "") parameters.set("kind", kind);
      if (pageParam !== "") parameters.set("pageToken", pageParam);
      return fetchJson<Scorecard>(`/api/v1/scorecard?${parameters}`, signal);
    },
    initialPageParam: "",
    getNextPageParam: ({ nextPageToken }) => nextPageToken,
  });
}

/** One a day, of the chain's clock: a simulated day may pass in minutes. */
const BRIEF_EVERY_MS = 60_000;

export const latestBrief = queryOptions({
  queryKey: ["latest-brief"],
  queryFn: ({ signal }) => fetchJson<BriefList>("/api/v1/briefs?pageSize=1", signal),
  initialData: () => given("/api/v1/briefs?pageSize=1") as BriefList | undefined,
  staleTime: BRIEF_EVERY_MS,
  refetchInterval: BRIEF_EVERY_MS,
});

/** Fetched once; afterwards the monitoring stream tells what has changed. */
export const backfills = queryOptions({
  queryKey: ["backfills"],
  queryFn: ({ signal }) => fetchJson<BackfillList>("/api/v1/monitoring/backfill", signal),
  staleTime: Infinity,
});

/** A sample is taken each ten seconds. */
const METRICS_EVERY_MS = 15_000;

export const systemMetrics = queryOptions({
  queryKey: ["system-metrics"],
  queryFn: ({ signal }) => fetchJson<SystemMetrics>("/api/v1/monitoring/metrics/system?hours=24", signal),
  refetchInterval: METRICS_EVERY_MS,
});

/** As long as this they are told by hours. */
const BY_HOURS_DAYS = 7;
const COUNTED_EVERY_MS = 60_000;

function counted<T>(what: "insights" | "signals", days: number) {
  const resolution = days > BY_HOURS_DAYS ? "day" : "hour";
  return queryOptions({
    queryKey: ["counted", what, days],
    queryFn: ({ signal }) =>
      fetchJson<T>(`/api/v1/monitoring/metrics/${what}?days=${days}&resolution=${resolution}`, signal),
    refetchInterval: COUNTED_EVERY_MS,
    staleTime: COUNTED_EVERY_MS,
  });
}

/** What was found, hour by hour or day by day. */
export const insightCounts = (days: number) => counted<InsightMetrics>("insights", days);
export const signalCounts = (days: number) => counted<SignalMetrics>("signals", days);
