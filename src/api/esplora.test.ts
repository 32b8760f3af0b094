import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { esplora, problem, recommendedFees } from "#contract";
import { createLogger } from "#lib";
import { claimChain, saveBlocks, saveMempoolSnapshot } from "#store";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { hashOf, storedChain } from "../../test/helpers/stored-blocks.ts";
import { storedSnapshot } from "../../test/helpers/stored-snapshot.ts";
import { type RunningApi, startApi } from "./start-api.ts";

const { db, connection } = await openTestDatabase();
const CHAIN = storedChain(20);
const hashAt = (height: number): string => CHAIN[height]?.header.hash ?? "";
let api: RunningApi;

beforeAll(async () => {
  await claimChain(db, { network: "simnet", chainId: "esplora", simulated: true });
  const logger = createLogger(undefined, "silent");
  api = await startApi({ db, connection, logger, host: "127.0.0.1", port: 0, webRoot: "/nowhere" });
});

afterAll(() => api.stop());

const get = (path: string): Promise<Response> => fetch(`${api.url}/api${path}`);
const json = async (path: string): Promise<unknown> => (await get(path)).json();

test("before anything is stored it is said that nothing is", async () => {
  expect(problem.parse(await json("/blocks/tip/height")).code).toBe("API_NOT_READY");
  expect(problem.parse(await json("/mempool")).code).toBe("API_MEMPOOL_UNKNOWN");
});

describe("with blocks and a mempool", () => {
  beforeAll(async () => {
    await saveBlocks(db, CHAIN);
    await saveMempoolSnapshot(db, storedSnapshot(CHAIN[19]?.header.time ?? 0, CHAIN[19]?.header.hash ?? null), 30);
  });

  test("the tip is told as a text, as wallets expect", async () => {
    const height = await get("/blocks/tip/height");
    expect(height.headers.get("content-type")).toContain("text/plain");
    expect(await height.text()).toBe("19");
    expect(await (await get("/blocks/tip/hash")).text()).toBe(hashAt(19));
    expect(await (await get("/block-height/7")).text()).toBe(hashAt(7));
    expect((await get("/block-height/20")).status).toBe(404);
  });

  test("a transaction that is kept is told with its block, and of others that it is not kept", async () => {
    const txid = CHAIN[7]?.transfers[0]?.txid ?? "";
    expect(esplora.esploraTransactionStatus.parse(await json(`/tx/${txid}/status`))).toEqual({
      confirmed: true,
      block_height: 7,
      block_hash: hashAt(7),
      block_time: CHAIN[7]?.header.time,
    });
    expect(problem.parse(await json(`/tx/${"0".repeat(64)}/status`)).code).toBe("API_TRANSACTION_NOT_FOUND");
    expect((await get("/tx/none/status")).status).toBe(400);
  });

  test("a block has Esplora's names, and lacks what is not stored", async () => {
    const told = esplora.esploraBlock.strict().parse(await json(`/block/${hashAt(7)}`));
    expect(told).toMatchObject({
      id: hashAt(7),
      height: 7,
      previousblockhash: hashAt(6),
      timestamp: CHAIN[7]?.header.time,
      tx_count: CHAIN[7]?.features.txs,
      bits: CHAIN[7]?.header.bits,
    });
    expect(esplora.esploraBlock.parse(await json(`/block/${hashAt(0)}`)).previousblockhash).toBeNull();
    expect(esplora.esploraBlockStatus.parse(await json(`/block/${hashAt(7)}/status`))).toEqual({
      in_best_chain: true,
      height: 7,
      next_best: hashAt(8),
    });
    expect(esplora.esploraBlockStatus.parse(await json(`/block/${hashAt(19)}/status`)).next_best).toBeNull();
    expect(problem.parse(await json(`/block/${hashOf("nothing")}`)).code).toBe("API_BLOCK_NOT_FOUND");
  });

  test("ten blocks come at a time, from the tip or a height down", async () => {
    const heightsOf = async (path: string): Promise<number[]> =>
      z
        .array(esplora.esploraBlock)
        .parse(await json(path))
        .map(({ height }) => height);
    expect(await heightsOf("/blocks")).toEqual([19, 18, 17, 16, 15, 14, 13, 12, 11, 10]);
    expect(await heightsOf("/blocks/3")).toEqual([3, 2, 1, 0]);
    expect((await get("/blocks/many")).status).toBe(400);
  });

  test("what waits is told in virtual bytes, and fees by how long one waits", async () => {
    const { vsize, count, fee_histogram: histogram } = esplora.esploraMempool.parse(await json("/mempool"));
    expect(count).toBeGreaterThan(0);
    const rates = histogram.map(([rate]) => rate);
    expect(rates).toEqual(rates.toSorted((left, right) => right - left));
    expect(histogram.reduce((sum, [, size]) => sum + size, 0)).toBeLessThanOrEqual(vsize + histogram.length);
    const estimates = esplora.esploraFeeEstimates.parse(await json("/fee-estimates"));
    const { targets } = recommendedFees.parse(await json("/v1/fees/recommended"));
    expect(estimates).toEqual(Object.fromEntries(targets.map(({ withinBlocks, feeRate }) => [withinBlocks, feeRate])));
  });
});
