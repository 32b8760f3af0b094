import { afterAll, beforeAll, expect, test } from "vitest";
import { glassnodeSeries, problem, series } from "#contract";
import { createLogger } from "#lib";
import { claimChain, explore, saveBlocks } from "#store";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { storedChain } from "../../test/helpers/stored-blocks.ts";
import { GLASSNODE_METRICS } from "./glassnode-metrics.ts";
import { type RunningApi, startApi } from "./start-api.ts";

const { db, connection } = await openTestDatabase();
let api: RunningApi;

beforeAll(async () => {
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  await saveBlocks(db, storedChain(20));
  await explore.refreshRollups(db);
  const logger = createLogger(undefined, "silent");
  api = await startApi({ db, connection, logger, host: "127.0.0.1", port: 0, webRoot: "/none" });
});

afterAll(() => api.stop());

const ask = (path: string): Promise<Response> => fetch(`${api.url}${path}`);

test("every series of the table is one of ours", () => {
  for (const { metric } of Object.values(GLASSNODE_METRICS)) expect(explore.findMetric(metric)?.name).toBe(metric);
});

test("tells what our own series tells, in Unix seconds and bitcoins", async () => {
  const theirs = glassnodeSeries.parse(await (await ask("/v1/metrics/fees/volume_sum?a=BTC&i=1h")).json());
  const ours = series.parse(await (await ask("/api/v1/series/totalfee?resolution=hour&agg=sum&days=30")).json());
  expect(theirs.length).toBeGreaterThan(1);
  expect(theirs).toEqual(
    ours.points.map(({ time, value }) => ({ t: Date.parse(time) / 1_000, v: value / 100_000_000 })),
  );
  const since = theirs[1]?.t ?? 0;
  expect(glassnodeSeries.parse(await (await ask(`/v1/metrics/fees/volume_sum?i=1h&s=${since}`)).json())).toEqual(
    theirs.slice(1),
  );
});

test("tells what was the last of an hour by its last block", async () => {
  const heights = glassnodeSeries.parse(await (await ask("/v1/metrics/blockchain/block_height?i=1h")).json());
  const blocks = storedChain(20).map(({ header }) => header);
  const hours = new Map(blocks.map(({ time, height }) => [Math.floor(time / 3_600) * 3_600, height]));
  expect(heights).toEqual([...hours].map(([t, v]) => ({ t, v })));
  const difficulty = glassnodeSeries.parse(await (await ask("/v1/metrics/mining/difficulty_latest")).json());
  const ours = series.parse(await (await ask("/api/v1/series/difficulty?resolution=block&days=30")).json());
  expect(difficulty.at(-1)?.v).toBe((ours.points.at(-1)?.value ?? 0) * 2 ** 32);
});

test("tells it as CSV, and refuses what it does not have", async () => {
  const table = await ask("/v1/metrics/transactions/count?f=csv");
  expect(table.headers.get("content-type")).toMatch(/^text\/csv/);
  expect(await table.text()).toMatch(/^timestamp,value\r\n\d+,\d+\r\n/);
  expect(problem.parse(await (await ask("/v1/metrics/market/price_usd_close")).json()).code).toBe(
    "API_METRIC_NOT_FOUND",
  );
  expect(problem.parse(await (await ask("/v1/metrics/transactions/count?a=ETH")).json()).code).toBe("API_BAD_REQUEST");
});
