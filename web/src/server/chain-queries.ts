import { queryOptions } from "@tanstack/react-query";
import type {
  Block,
  BlockList,
  EntityList,
  EntitySeries,
  InsightList,
  LabelList,
  MempoolHistory,
  MempoolNow,
  MetricList,
  PoolShares,
  RecommendedFees,
  Series,
  Transaction,
  TransferList,
} from "#contract";
import { fetchJson } from "./fetch-json.ts";

/** Whatever a new block changes has this key first. */
export const CHAIN_KEY = "chain";

/** What the mempool looks like changes without a block. */
const MEMPOOL_EVERY_MS = 10_000;

type Parameters = Readonly<Record<string, string | number | undefined>>;

/** The stream tells of new blocks (use-new-blocks.ts); until then what was fetched is the newest. */
function fetchedOnce<T>(path: string, parameters: Parameters = {}) {
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) text.set(name, String(value));
  const address = `/api/v1/${path}?${text}`;
  return queryOptions({
    queryKey: [CHAIN_KEY, path, address],
    queryFn: ({ signal }) => fetchJson<T>(address, signal),
    staleTime: Infinity,
  });
}

/** The same where what is shown stays while another range of it, and of nothing else, is fetched. */
function chainQuery<T>(path: string, parameters: Parameters = {}) {
  return {
    ...fetchedOnce<T>(path, parameters),
    placeholderData: (previous: T | undefined, { queryKey }: { queryKey?: readonly unknown[] } = {}) =>
      queryKey?.[1] === path ? previous : undefined,
  };
}

export type SeriesRange = {
  /** Up to the newest block, or to `to`. */
  readonly days: number;
  /** ISO 8601. */
  readonly to?: string;
  readonly resolution: "auto" | "block" | "hour" | "day";
};

/** As many as there are: thinned out, the series of one chart would have their points at different times. */
const POINTS = 5_000;

/** No event tells of hours and days that are made. */
const UNMADE_EVERY_MS = 5_000;

export const seriesOf = (metric: string, { days, to, resolution }: SeriesRange, agg?: Series["aggregate"]) => ({
  ...fetchedOnce<Series>(`series/${metric}`, { days, to, resolution, points: POINTS, agg: agg ?? undefined }),
  refetchInterval: ({ state: { data } }: { state: { data: Series | undefined } }) =>
    data === undefined || data.unmade === 0 ? (false as const) : UNMADE_EVERY_MS,
});

export const metrics = chainQuery<MetricList>("metrics");
export const poolShares = (days: number) => chainQuery<PoolShares>("pools", { days });
export const entities = (days: number) => chainQuery<EntityList>("entities", { days });
export const entityFlows = (actor: string, days: number) =>
  chainQuery<EntitySeries>(`entities/${encodeURIComponent(actor)}/flows`, { days });
export const entityLabels = (entity: string) => chainQuery<LabelList>("labels", { entity, pageSize: 20 });
export const entityInsights = (entity: string) => chainQuery<InsightList>("insights", { entity, pageSize: 5 });
export const blocks = (pageSize: number, sort?: string) => chainQuery<BlockList>("blocks", { pageSize, sort });
export const block = (name: string) => fetchedOnce<Block>(`blocks/${name}`);
export const newestTransfers = fetchedOnce<TransferList>("transfers", { pageSize: 200 });
export const transaction = (txid: string) => fetchedOnce<Transaction>(`transactions/${txid}`);

export const mempool = { ...chainQuery<MempoolNow>("mempool"), refetchInterval: MEMPOOL_EVERY_MS };
export const mempoolHistory = (days: number) => ({
  ...chainQuery<MempoolHistory>("mempool/history", { days }),
  // A longer span changes less with each look, and costs more.
  refetchInterval: MEMPOOL_EVERY_MS * Math.max(1, days),
});
export const recommendedFees = {
  ...chainQuery<RecommendedFees>("fees/recommended"),
  refetchInterval: MEMPOOL_EVERY_MS,
};
