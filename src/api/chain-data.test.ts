import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  block,
  blockList,
  entityList,
  entitySeries,
  mempoolHistory,
  mempoolNow,
  metricList,
  poolShares,
  problem,
  recommendedFees,
  series,
  tip,
  transaction,
  transferList,
} from "#contract";
import { createLogger } from "#lib";
import { claimChain, explore, saveBlocks, saveMempoolSnapshot } from "#store";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { hashOf, storedBlock, storedChain } from "../../test/helpers/stored-blocks.ts";
import { storedSnapshot } from "../../test/helpers/stored-snapshot.ts";
import { type RunningApi, startApi } from "./start-api.ts";

const { db, connection } = await openTestDatabase();
const BLOCKS = 150;
const CHAIN = storedChain(BLOCKS);
const timeOf = (height: number): string => new Date((CHAIN[height]?.header.time ?? 0) * 1_000).toISOString();
let api: RunningApi;

beforeAll(async () => {
  await claimChain(db, { network: "simnet", chainId: "chain-data", simulated: true });
  const logger = createLogger(undefined, "silent");
  api = await startApi({ db, connection, logger, host: "127.0.0.1", port: 0, webRoot: "/nowhere" });
});

afterAll(() => api.stop());

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${api.url}/api/v1${path}`, { headers });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
}

async function fails(path: string): Promise<string> {
  const { status, body } = await get(path);
  const { code } = problem.parse(body);
  return `${status} ${code}`;
}

test("before a block is stored it is said that none is", async () => {
  for (const path of ["/tip", "/metrics", "/series/txs", "/pools", "/entities"])
    expect(await fails(path), path).toBe("503 API_NOT_READY");
  for (const path of ["/mempool", "/mempool/history", "/fees/recommended"])
    expect(await fails(path), path).toBe("404 API_MEMPOOL_UNKNOWN");
  expect(blockList.parse((await get("/blocks")).body).blocks).toEqual([]);
});

describe("with blocks", () => {
  let early: { readonly hours: unknown; readonly fitting: unknown };

  beforeAll(async () => {
    await saveBlocks(db, CHAIN);
    early = {
      hours: (await get("/series/txs?resolution=hour&days=29")).body,
      fitting: (await get("/series/txs?days=29")).body,
    };
    while ((await explore.refreshRollups(db)) > 0);
    const newest = CHAIN.at(-1)?.header;
    if (newest === undefined) throw new Error("no chain");
    for (const minutes of [0, 10, 20])
      await saveMempoolSnapshot(db, storedSnapshot(newest.time + 60 * minutes, newest.hash), 30);
  });

  test("tip", async () => {
    expect(tip.parse((await get("/tip")).body)).toEqual({
      height: BLOCKS - 1,
      hash: CHAIN.at(-1)?.header.hash,
      time: timeOf(BLOCKS - 1),
    });
  });

  test("lists blocks, highest first, page by page, none twice", async () => {
    const heights: number[] = [];
    let path: string | null = "/blocks?pageSize=64";
    while (path !== null) {
      const page = blockList.parse((await get(path)).body);
      heights.push(...page.blocks.map(({ height }) => height));
      path = page.nextPageUrl?.replace("/api/v1", "") ?? null;
    }
    expect(heights).toEqual(Array.from({ length: BLOCKS }, (_, index) => BLOCKS - 1 - index));
  });

  test("sorts the newest blocks by what is asked for, page by page, as they were when the first was asked for", async () => {
    const lines = blockList.parse((await get(`/blocks?pageSize=${BLOCKS}`)).body).blocks;
    // One pool is known, and of half of the blocks none.
    const wanted = lines.toSorted(
      (left, right) => Number(left.pool === null) - Number(right.pool === null) || right.txs - left.txs,
    );
    const heights: number[] = [];
    let path: string | null = "/blocks?pageSize=64&sort=pool,-txs";
    while (path !== null) {
      const page = blockList.parse((await get(path)).body);
      heights.push(...page.blocks.map(({ height }) => height));
      path = page.nextPageUrl?.replace("/api/v1", "") ?? null;
    }
    expect(heights).toEqual(wanted.map(({ height }) => height));
    const newest = await explore.sortBlocks(db, {
      orders: [{ by: "height", falling: false }],
      among: 10,
      skip: 0,
      limit: 3,
    });
    expect(newest.lines.map(({ height }) => height)).toEqual([140, 141, 142]);
    const foreign = Buffer.from("p64").toString("base64url");
    for (const query of ["sort=moon", "sort=fees,", "sort=--fees", `sort=fees&pageToken=${foreign}`])
      expect(await fails(`/blocks?${query}`), query).toBe("400 API_BAD_REQUEST");
  });

  test("a series says how many of its hours are not made yet, and gives blocks where nobody chose hours", async () => {
    // The last is under way.
    const hours = new Set(CHAIN.map(({ header }) => Math.floor(header.time / 3_600))).size - 1;
    expect(series.parse(early.hours)).toMatchObject({ unmade: hours, available: 0 });
    expect(series.parse(early.fitting)).toMatchObject({ unmade: hours, resolution: "block", available: BLOCKS });
    const made = series.parse((await get("/series/txs?resolution=hour&days=28")).body);
    expect(made).toMatchObject({ unmade: 0, available: hours + 1 });
  });

  test("a block is the same by height and by hash, with all that is stored of it", async () => {
    const stored = storedBlock(10);
    const { body } = await get("/blocks/10");
    const found = block.parse(body);
    expect((await get(`/blocks/${stored.header.hash}`)).body).toEqual(body);
    expect(found.line).toMatchObject({ height: 10, hash: stored.header.hash, signals: 2 });
    expect(found.previous).toBe(stored.header.prevHash);
    expect(found.features["totalfee"]).toBe(stored.features.totalfee);
    expect(found.features["output_types"]).toEqual(stored.features.output_types);
    expect(found.flows).toMatchObject([{ actor: "example", kind: "exchange", outflow: 20_000_000_010 }]);
    expect(found.transfers).toMatchObject([{ height: 10, value: 20_000_000_010, from: { actor: "example" } }]);
    expect(found.insights.map(({ blockHash }) => blockHash)).toEqual([stored.header.hash]);
    expect(found.labelCoverage).toBe(0.25);
  });

  test("what nobody has is not there, what is no name is refused", async () => {
    expect(await fails("/blocks/100000")).toBe("404 API_BLOCK_NOT_FOUND");
    expect(await fails(`/blocks/${hashOf("nowhere")}`)).toBe("404 API_BLOCK_NOT_FOUND");
    expect(await fails("/blocks/tip")).toBe("400 API_BAD_REQUEST");
    expect(await fails("/series/moon")).toBe("404 API_METRIC_NOT_FOUND");
    expect(await fails("/entities/nobody/flows")).toBe("404 API_ENTITY_NOT_FOUND");
    expect(await fails("/series/txs?from=yesterday")).toBe("400 API_BAD_REQUEST");
    expect(await fails("/series/txs?from=2024-02-02&to=2024-02-01")).toBe("400 API_BAD_REQUEST");
    expect(await fails("/series/txs?resolution=block&agg=sum&from=2001-01-01")).toBe("400 API_BAD_REQUEST");
    expect(await fails("/series/txs?days=7&from=2024-02-02")).toBe("400 API_BAD_REQUEST");
    expect(await fails("/pools?days=0")).toBe("400 API_BAD_REQUEST");
  });

  test("a series block by block is what the blocks say", async () => {
    const from = timeOf(20);
    const found = series.parse((await get(`/series/totalfee?resolution=block&from=${from}&to=${timeOf(30)}`)).body);
    expect(found).toMatchObject({ from, to: timeOf(30), resolution: "block", aggregate: null, available: 10 });
    expect(found.points).toEqual(
      CHAIN.slice(20, 30).map(({ features, header }) => ({
        time: timeOf(header.height),
        height: header.height,
        value: features.totalfee,
      })),
    );
  });

  test("by hours the usual aggregate, or the one that is asked for; never more points than asked for", async () => {
    const usual = series.parse((await get("/series/totalfee?resolution=hour")).body);
    expect(usual.aggregate).toBe("sum");
    expect(usual.points.reduce((sum, { value }) => sum + value, 0)).toBe(
      CHAIN.reduce((sum, { features }) => sum + (features.totalfee ?? 0), 0),
    );
    const highest = series.parse((await get("/series/totalfee?resolution=hour&agg=max&points=10")).body);
    expect(highest.points.length).toBeLessThanOrEqual(10);
    expect(highest.available).toBe(usual.points.length);
  });

  test("the catalogue tells unit, formula and coverage", async () => {
    const { metrics } = metricList.parse((await get("/metrics")).body);
    expect(metrics.find(({ name }) => name === "label_coverage")).toMatchObject({ needs: "labels", coverage: 1 });
    for (const { name } of metrics) series.parse((await get(`/series/${name}?resolution=day`)).body);
  });

  test("pools, entities and transfers", async () => {
    const pools = poolShares.parse((await get("/pools?days=30")).body);
    expect(pools.blocks).toBe(BLOCKS);
    expect(pools.pools.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    const { entities } = entityList.parse((await get("/entities?days=30")).body);
    const flows = entitySeries.parse((await get("/entities/example/flows")).body);
    expect(entities).toMatchObject([{ actor: "example", kind: "exchange" }]);
    expect(flows.points.reduce((sum, { outflow }) => sum + outflow, 0)).toBe(entities[0]?.outflow);
    const first = transferList.parse((await get("/transfers?pageSize=100")).body);
    const second = transferList.parse((await get(`${first.nextPageUrl?.replace("/api/v1", "")}`)).body);
    const heights = [...first.transfers, ...second.transfers].map(({ height }) => height);
    expect(heights).toEqual(Array.from({ length: BLOCKS }, (_, index) => BLOCKS - 1 - index));
    expect(transferList.parse((await get("/transfers?minimum=20000000140")).body).transfers).toHaveLength(10);
  });

  test("a kept transaction is found by its id, with what was said of it", async () => {
    const [stored] = storedBlock(12).transfers;
    const found = transaction.parse((await get(`/transactions/${stored?.txid}`)).body);
    expect(found.transfer).toMatchObject({ height: 12, value: stored?.value });
    expect(found.insights.map(({ height }) => height)).toEqual([12]);
    expect(await fails(`/transactions/${hashOf("small")}`)).toBe("404 API_TRANSACTION_NOT_FOUND");
    expect(await fails("/transactions/7")).toBe("400 API_BAD_REQUEST");
  });

  test("the mempool now and before, and what it takes", async () => {
    const now = mempoolNow.parse((await get("/mempool")).body);
    expect(now).toMatchObject({ count: 3, weight: 1_200, tipHeight: 7 });
    const { points, bands } = mempoolHistory.parse((await get("/mempool/history")).body);
    expect(points).toHaveLength(3);
    for (const { weights } of points) {
      expect(weights).toHaveLength(bands.length);
      const heavy = now.histogram?.reduce((sum, { weight }) => sum + weight, 0);
      expect(weights?.reduce((sum, weight) => sum + weight, 0)).toBe(heavy);
    }
    const { targets, minimum, ...fees } = recommendedFees.parse((await get("/fees/recommended")).body);
    // What was stored without medians tells none.
    expect(fees).toMatchObject({ fastestFee: null, economyFee: null, minimumFee: null });
    expect(targets.map(({ withinBlocks }) => withinBlocks)).toEqual([1, 3, 6, 144]);
    expect(targets.every(({ feeRate }) => (feeRate ?? 0) >= (minimum ?? 0))).toBe(true);
  });

  test("fees are recommended by the medians of the next blocks, as mempool.space does", async () => {
    const block = { weight: 3_992_000, count: 9, totalFee: 1, feeRates: [1, 1, 1, 1, 1, 1, 1], fullness: 0.998 };
    const projectedBlocks = [30.2, 12, 4, 2].map((medianFee) => ({ ...block, medianFee }));
    const newest = CHAIN.at(-1)?.header;
    const snapshot = storedSnapshot((newest?.time ?? 0) + 1_800, newest?.hash ?? null, { projectedBlocks });
    await saveMempoolSnapshot(db, { ...snapshot, minFeeRate: 1.5 }, 30);
    await vi.waitFor(async () => {
      expect(recommendedFees.parse((await get("/fees/recommended")).body)).toMatchObject({
        fastestFee: 31,
        halfHourFee: 22,
        hourFee: 13,
        economyFee: 4,
        minimumFee: 2,
        minimum: 1.5,
      });
    }, 4_000);
  });

  test("an answer that did not change is not sent again, and a buried block may be kept", async () => {
    const first = await get("/blocks/5");
    expect(first.headers.get("cache-control")).toBe("public, max-age=60");
    expect((await get(`/blocks/${BLOCKS - 1}`)).headers.get("cache-control")).toBe("no-cache");
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^W\/"/);
    expect(await get("/blocks/5", { "if-none-match": etag })).toMatchObject({ status: 304, body: undefined });
    expect(await get("/blocks/6", { "if-none-match": etag })).toMatchObject({ status: 200 });
    expect((await get("/blocks/999999", { "if-none-match": etag })).headers.get("etag")).toBeNull();
  });
});
