import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  insight,
  insightFacets,
  insightList,
  insightOutcome,
  type InsightList,
  problem,
  relatedInsights,
} from "#contract";
import type { Insight } from "#insights";
import { createLogger } from "#lib";
import { type BlockToSave, claimChain, saveBlocks } from "#store";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { storedChain } from "../../test/helpers/stored-blocks.ts";
import { type RunningApi, startApi } from "./start-api.ts";

const { db, connection } = await openTestDatabase();
let api: RunningApi;

/** What stands in the block of a height instead of what the helper says there. */
const TOLD: Readonly<Record<number, Partial<Insight>>> = {
  1: { headline: "Exchange Kraken received 5,000 BTC", summary: "Three deposits.", confidence: 0.82 },
  2: { headline: "A quiet block", summary: "Kraken paid out; a Kraken deposit followed.", confidence: 0.55 },
  3: { headline: "Miners consolidated", summary: '=SUM of "small" coins,\nmoved' },
};

function toldAt(block: BlockToSave): BlockToSave {
  const { height } = block.header;
  return { ...block, insights: block.insights.map((one) => ({ ...one, ...TOLD[height] })) };
}

const chain = storedChain(12).map(toldAt);
const kraken = { actor: "Kraken", kind: "exchange" } as const;
const blocks = chain.map((block) =>
  block.header.height === 1
    ? { ...block, insights: block.insights.map((one) => ({ ...one, evidence: { ...one.evidence, subject: kraken } })) }
    : block,
);

beforeAll(async () => {
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  await saveBlocks(db, blocks);
  const logger = createLogger(undefined, "silent");
  api = await startApi({ db, connection, logger, host: "127.0.0.1", port: 0, webRoot: "/none" });
});

afterAll(() => api.stop());

async function getJson(path: string): Promise<unknown> {
  return (await fetch(`${api.url}${path}`)).json();
}

const list = async (query: string): Promise<InsightList> =>
  insightList.parse(await getJson(`/api/v1/insights?${query}`));
const heights = async (query: string): Promise<number[]> => (await list(query)).insights.map(({ height }) => height);

test("each insight is found by each of its tags, and by no other", async () => {
  const { insights } = await list("pageSize=200");
  const every = [...new Set(insights.flatMap(({ tags }) => tags))];
  expect(every.length).toBeGreaterThan(3);
  for (const tag of every) {
    const wanted = insights.filter(({ tags }) => tags.includes(tag)).map(({ id }) => id);
    const found = (await list(`pageSize=200&tag=${encodeURIComponent(tag)}`)).insights.map(({ id }) => id);
    expect(found).toEqual(wanted);
  }
});

describe("a filter leaves", () => {
  test.each([
    ["q=kraken", [2, 1]],
    ["q=krak", [2, 1]],
    ["q=Kraken%20deposits", [2, 1]],
    ['q="paid out"', [2]],
    ["q=kraken%20-quiet", [1]],
    ["q=nothing-of-the-kind", []],
    ["q=the", []],
    ["entity=Kraken", [1]],
    ["tag=Kraken", [1]],
    ["tag=Krake", []],
    ["minConfidence=0.5", [2, 1]],
    ["minConfidence=0.6", [1]],
    ["fromHeight=2&toHeight=3", [3, 2]],
    ["q=kraken&fromHeight=2", [2]],
    [`from=${encodeURIComponent(isoOf(10))}&to=${encodeURIComponent(isoOf(11))}`, [10]],
    [`q=${blocks[4]?.header.hash}`, [4]],
    ["status=preliminary&toHeight=7", [7]],
    ["status=preliminary,confirmed&fromHeight=11", [11]],
  ])("by %s", async (query, expected) => {
    expect(await heights(query)).toEqual(expected);
  });

  test("what moved in a transaction", async () => {
    const found = (await list("pageSize=200")).insights.find(({ evidence }) => evidence.transactions.length > 0);
    const [transaction] = found?.evidence.transactions ?? [];
    expect(await heights(`q=${transaction?.txid}`)).toContain(found?.height);
  });
});

function isoOf(height: number): string {
  return new Date((blocks[height]?.header.time ?? 0) * 1_000).toISOString();
}

test("words are marked where they stand, in every form", async () => {
  const { highlights, insights } = await list("q=deposits");
  expect(highlights[insights[1]?.id ?? ""]?.summary).toEqual([
    { text: "Three ", found: false },
    { text: "deposits", found: true },
    { text: ".", found: false },
  ]);
  expect(highlights[insights[0]?.id ?? ""]?.summary.filter(({ found }) => found)).toEqual([
    { text: "deposit", found: true },
  ]);
  expect((await list("pageSize=1")).highlights).toEqual({});
});

test("by relevance a headline comes before a summary, and pages go on where they ended", async () => {
  const found: number[] = [];
  let path: string | null = "/api/v1/insights?q=kraken&sort=relevance&pageSize=1";
  while (path !== null) {
    const page = insightList.parse(await getJson(path));
    found.push(...page.insights.map(({ height }) => height));
    path = page.nextPageUrl;
  }
  expect(found).toEqual([1, 2]);
});

test("facets count what the rest of the filter leaves", async () => {
  const all = insightFacets.parse(await getJson("/api/v1/insights/facets"));
  expect(all.total).toBe(12);
  expect(all.category.reduce((sum, { count }) => sum + count, 0)).toBe(12);
  const few = insightFacets.parse(await getJson("/api/v1/insights/facets?minConfidence=0.6&category=whale,mempool"));
  const [first] = (await list("minConfidence=0.6")).insights;
  expect(few.category).toEqual([{ value: first?.category, count: 1 }]);
  expect(few.confidence).toEqual(
    [0.5, 0.6, 0.7, 0.8, 0.9].map((atLeast) => ({ atLeast, count: expect.any(Number) as number })),
  );
  expect(few.confidence.map(({ count }) => count)).toEqual(
    [0.5, 0.6, 0.7, 0.8, 0.9].map(
      (atLeast) =>
        [1, 2].filter((height) => {
          const one = blocks[height]?.insights[0];
          return (one?.confidence ?? 0) >= atLeast && ["whale", "mempool"].includes(one?.category ?? "");
        }).length,
    ),
  );
});

test("the newest of a filter is given alone", async () => {
  expect(insight.parse(await getJson("/api/v1/insights/latest?q=kraken")).height).toBe(2);
  const none = problem.parse(await getJson("/api/v1/insights/latest?q=nothing"));
  expect(none).toMatchObject({ status: 404, code: "API_INSIGHT_NOT_FOUND" });
});

describe("an export", () => {
  test("has every insight of the filter, in each format", async () => {
    const ndjson = await (await fetch(`${api.url}/api/v1/insights/export?fromHeight=3`)).text();
    const lines = ndjson.trim().split("\n");
    expect(lines.map((line) => insight.parse(JSON.parse(line)).height)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3]);
    const json = (await getJson("/api/v1/insights/export?format=json&q=kraken")) as unknown[];
    expect(json.map((one) => insight.parse(one).height)).toEqual([2, 1]);
    expect(await getJson("/api/v1/insights/export?format=json&q=nothing")).toEqual([]);
  });

  test("as CSV quotes what must be quoted and holds no formula", async () => {
    const response = await fetch(`${api.url}/api/v1/insights/export?format=csv&fromHeight=3&toHeight=3`);
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="utxoiq-insights.csv"');
    const text = await response.text();
    expect(text.split("\r\n")[0]).toMatch(/^id,kind,category,status,height,/);
    expect(text).toContain(`Miners consolidated,"'=SUM of ""small"" coins,\nmoved",`);
  });
});

test("an insight has neighbours and, where it claims nothing, no outcome", async () => {
  const [first] = (await list("q=kraken")).insights;
  const related = relatedInsights.parse(await getJson(`/api/v1/insights/${first?.id}/related`));
  expect(related.insights.length).toBeGreaterThan(0);
  expect(related.insights.map(({ id }) => id)).not.toContain(first?.id);
  expect(related.insights.every(({ kind }) => kind === first?.kind)).toBe(true);
  const outcome = insightOutcome.parse(await getJson(`/api/v1/insights/${first?.id}/outcome`));
  expect(outcome).toEqual({ state: "none", outcome: null, resolvedAt: null, statements: [] });
});

test.each([
  "kind=weather",
  "category=whale,weather",
  "status=",
  "minConfidence=2",
  "from=yesterday",
  "q=",
  `q=${"a".repeat(201)}`,
  "sort=oldest",
])("%s is refused", async (query) => {
  expect(problem.parse(await getJson(`/api/v1/insights?${query}`))).toMatchObject({ status: 400 });
});

test.each(["'", "\\", "a & | b", "(((", ":*", "<->", "\u0000", "%", "🧀"])(
  "odd words %j harm nobody",
  async (words) => {
    const response = await fetch(`${api.url}/api/v1/insights?q=${encodeURIComponent(words)}`);
    expect([200, 400]).toContain(response.status);
  },
);
