import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLogger } from "#lib";
import { type RunningApi, startApi } from "#api";
import { ApiError, createApiClient } from "#sdk";
import { claimChain, saveBlocks } from "#store";
import { feesAndSeries } from "../sdk/examples/fees-and-series.ts";
import { followBlocks } from "../sdk/examples/follow-blocks.ts";
import { newestInsights } from "../sdk/examples/newest-insights.ts";
import { openTestDatabase } from "./helpers/database.ts";
import { storedBlock, storedChain } from "./helpers/stored-blocks.ts";

const COMPILER = "node_modules/typescript-7/bin/tsc";

const { db, connection } = await openTestDatabase();
let api: RunningApi;

beforeAll(async () => {
  await claimChain(db, { network: "simnet", chainId: "sdk", simulated: true });
  await saveBlocks(db, storedChain(20));
  const logger = createLogger(undefined, "silent");
  api = await startApi({ db, connection, logger, host: "127.0.0.1", port: 0, webRoot: "/none" });
});

afterAll(() => api.stop());

test("the newest insights are read with their rule", async () => {
  const lines = await newestInsights(api.url);
  expect(lines).toHaveLength(5);
  expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT.+ \(.+\)$/);
});

test("a series is read, and what is not known is an error with a stable code", async () => {
  expect(await feesAndSeries(api.url)).toMatchObject({
    points: 20,
    fee: expect.stringContaining("no mempool was seen"),
  });
  const client = createApiClient({ url: api.url });
  const refused = client.GET("/api/v1/blocks/{block}", { params: { path: { block: "77" } } });
  await expect(refused).rejects.toThrow(ApiError);
  await expect(refused).rejects.toMatchObject({ status: 404, code: "API_BLOCK_NOT_FOUND" });
});

test("blocks are followed as they come", async () => {
  const heights: number[] = [];
  const following = followBlocks(api.url, (height) => heights.push(height));
  await expect
    .poll(async () => (await fetch(`${api.url}/api/v1/monitoring/status`)).json(), { timeout: 10_000 })
    .toMatchObject({ streamClients: 1 });
  await saveBlocks(db, [storedBlock(20)]);
  await saveBlocks(db, [storedBlock(21)]);
  await expect.poll(() => heights, { timeout: 10_000 }).toEqual([20, 21]);
  following.stop();
});

test("a program of somebody else's, typed, runs with what is packed", async () => {
  const run = promisify(execFile);
  const folder = mkdtempSync(join(tmpdir(), "utxoiq-sdk-"));
  const sdk = join(folder, "node_modules", "@utxoiq", "sdk");
  const compile = (...args: readonly string[]) => run(process.execPath, [resolve(COMPILER), ...args], { cwd: folder });
  try {
    await compile("--project", resolve("sdk/tsconfig.json"), "--outDir", join(sdk, "dist"));
    cpSync("sdk/package.json", join(sdk, "package.json"));
    for (const name of ["openapi-fetch", "openapi-typescript-helpers", "@types"])
      symlinkSync(resolve("node_modules", name), join(folder, "node_modules", name));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    writeFileSync(
      join(folder, "mine.ts"),
      `import { createApiClient, dataOf } from "@utxoiq/sdk";
       const { height } = dataOf(await createApiClient({ url: process.argv[2] ?? "" }).GET("/api/v1/tip"));
       console.log(height satisfies number);`,
    );
    await compile("mine.ts", "--strict", "--module", "nodenext", "--target", "es2024", "--types", "node");
    const { stdout } = await run(process.execPath, ["mine.js", api.url], { cwd: folder });
    expect(Number(stdout)).toBeGreaterThan(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the smoke test of an instance that is well finds nothing, and one of nothing finds everything", async () => {
  const runSmoke = (url: string) => promisify(execFile)(process.execPath, ["scripts/smoke.ts", "--url", url]);
  const { stdout } = await runSmoke(api.url);
  expect(stdout.match(/^ok /gm)).toHaveLength(10);
  expect(stdout).toContain("all is as it should be");
  await expect(runSmoke("http://127.0.0.1:9")).rejects.toMatchObject({ code: 1 });
});
