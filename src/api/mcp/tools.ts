import { z } from "zod";
import {
  entitiesQuery,
  insightId,
  listBlocksQuery,
  listInsightsQuery,
  mempoolHistoryQuery,
  scorecardQuery,
  seriesQuery,
  transfersQuery,
} from "#contract";

/** What a tool is asked with, checked. */
export type Given = Readonly<Record<string, Value>>;
type Value = string | number | boolean | readonly string[] | undefined;

/** A question that an assistant may ask: one address of the API, read-only. */
export type Tool = {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: Readonly<Record<string, z.ZodType<Value>>>;
  /** Path and query of the API's answer. */
  readonly pathOf: (given: Given) => string;
};

const name = z.string().min(1).max(120);

/** Where a list is read whole by a model, fewer are enough. */
const pageSize = z.coerce.number().int().min(1).max(50).default(10);

/** All parts of the path but the query's. */
function pathTo(path: string, query: Given = {}): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined) parameters.set(key, String(value));
  return parameters.size === 0 ? path : `${path}?${parameters.toString()}`;
}

const part = (value: Value): string => encodeURIComponent(String(value));

export const TOOLS: readonly Tool[] = [
  {
    name: "list_insights",
    title: "Newest insights",
    description:
      "What stood out on-chain, newest first: headline, summary, confidence, evidence with block hashes and txids. The way to begin.",
    input: { ...listInsightsQuery.shape, pageSize },
    pathOf: (query) => pathTo("/api/v1/insights", query),
  },
  {
    name: "get_insight",
    title: "One insight",
    description: "An insight by its id with all its evidence and how its claim was decided.",
    input: { id: insightId },
    pathOf: ({ id }) => `/api/v1/insights/${part(id)}`,
  },
  {
    name: "get_tip",
    title: "The newest block",
    description: "Height, hash and time of the newest block that is stored.",
    input: {},
    pathOf: () => "/api/v1/tip",
  },
  {
    name: "list_blocks",
    title: "Newest blocks",
    description: "Blocks from the tip down: pool, transactions, weight, fees and fee rates.",
    input: { ...listBlocksQuery.shape, pageSize },
    pathOf: (query) => pathTo("/api/v1/blocks", query),
  },
  {
    name: "get_block",
    title: "One block",
    description: "All that is known of a block by height or hash: every metric, flows of entities, largest transfers.",
    input: { block: name },
    pathOf: ({ block }) => `/api/v1/blocks/${part(block)}`,
  },
  {
    name: "list_metrics",
    title: "Metrics",
    description: "Names of all metrics of get_series with unit, formula and coverage.",
    input: {},
    pathOf: () => "/api/v1/metrics",
  },
  {
    name: "get_series",
    title: "A metric over time",
    description: "One metric, block by block or by hours or days. Ask for few points.",
    input: { metric: name, ...seriesQuery.shape, points: z.coerce.number().int().min(10).max(500).default(100) },
    pathOf: ({ metric, ...query }) => pathTo(`/api/v1/series/${part(metric)}`, query),
  },
  {
    name: "get_fees",
    title: "Fees now",
    description: "Fee rates in sat/vB that are recommended now, by how many blocks one is ready to wait.",
    input: {},
    pathOf: () => "/api/v1/fees/recommended",
  },
  {
    name: "get_forecasts",
    title: "Forecasts",
    description:
      "What is forecast now, with intervals: fee rates, next difficulty, halving, exchange pressure; and why something is not.",
    input: {},
    pathOf: () => "/api/v1/forecasts",
  },
  {
    name: "get_mempool_history",
    title: "What waited",
    description: "The mempool over time, by bands of fee rates.",
    input: { ...mempoolHistoryQuery.shape, points: z.coerce.number().int().min(10).max(200).default(50) },
    pathOf: (query) => pathTo("/api/v1/mempool/history", query),
  },
  {
    name: "list_transfers",
    title: "Large transfers",
    description: "Notable transfers, newest first, with payer and receiver where labels know them.",
    input: { ...transfersQuery.shape, pageSize },
    pathOf: (query) => pathTo("/api/v1/transfers", query),
  },
  {
    name: "list_entities",
    title: "Entities",
    description: "Who is known by labels, and what each received and sent in a window.",
    input: entitiesQuery.shape,
    pathOf: (query) => pathTo("/api/v1/entities", query),
  },
  {
    name: "get_scorecard",
    title: "How often it was right",
    description:
      "Every claim and forecast is entered when it is made and scored when it is decided: counts, hits and misses.",
    input: { ...scorecardQuery.shape, pageSize },
    pathOf: (query) => pathTo("/api/v1/scorecard", query),
  },
  {
    name: "get_brief",
    title: "Brief of a day",
    description: "The three to five strongest events of a day of UTC, such as 2031-01-14.",
    input: { date: z.iso.date() },
    pathOf: ({ date }) => `/api/v1/briefs/${part(date)}`,
  },
];
