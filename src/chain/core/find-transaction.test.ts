import { afterEach, expect, test } from "vitest";
import { NETWORKS } from "#bitcoin";
import {
  type CoreNode,
  type CoreNodeOptions,
  startCoreNode,
  withMadeUpCoinHeights,
} from "../../../test/helpers/core-node/index.ts";
import { extend } from "../../../test/fixtures/small-chain.ts";
import { parseCoreSpec } from "./core-spec.ts";
import { findTransaction } from "./find-transaction.ts";
import { openHttp } from "./core-http.ts";
import { openRpc } from "./open-rpc.ts";

const main = extend([], 6, "main");
const rival = extend(main.slice(0, 4), 1, "rival");
const chain = withMadeUpCoinHeights([...main, ...rival.slice(4)]);
const login = { user: "me", password: "secret" };
const { signal } = new AbortController();

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function start(options: Partial<CoreNodeOptions> = {}) {
  const tip = main.at(-1)?.hash ?? "";
  const node = await startCoreNode({ network: NETWORKS.regtest, chain, tip, login, txIndex: true, ...options });
  const http = openHttp(parseCoreSpec(node.source), { retries: 0 });
  closing.push(
    () => node.stop(),
    () => http.close(),
  );
  return { node, rpc: openRpc(http) };
}

async function txidsOf(node: CoreNode, hash: string): Promise<readonly string[]> {
  const response = await fetch(node.url, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${login.user}:${login.password}`).toString("base64")}` },
    body: JSON.stringify({ id: 1, method: "getblock", params: [hash, 1] }),
  });
  return ((await response.json()) as { result: { tx: readonly string[] } }).result.tx;
}

test("a transaction that was mined is told with its block, its fee and what it pays", async () => {
  const { node, rpc } = await start();
  const block = main[3];
  const [coinbase = "", payment = ""] = await txidsOf(node, block?.hash ?? "");
  const { found } = await findTransaction(rpc, payment, signal);
  expect(found).toMatchObject({
    txid: payment,
    block: { hash: block?.hash, height: 3 },
    coinbase: false,
    inputs: 1,
    outputCount: 1,
  });
  expect(found?.fee).toBeGreaterThan(1_000);
  expect(found?.valueOut).toBe(100_000_000 - (found?.fee ?? 0));
  expect(found?.outputs).toEqual([
    { value: found?.valueOut, address: expect.stringMatching(/^bcrt1q/), type: "witness_v0_keyhash" },
  ]);
  expect((await findTransaction(rpc, coinbase, signal)).found).toMatchObject({ coinbase: true, fee: null });
});

test("what stands in a branch that lost alone is in no block", async () => {
  const { node, rpc } = await start();
  node.setTip(rival.at(-1)?.hash ?? "");
  const [coinbase = ""] = await txidsOf(node, rival.at(-1)?.hash ?? "");
  node.setTip(main.at(-1)?.hash ?? "");
  expect((await findTransaction(rpc, coinbase, signal)).found).toMatchObject({ block: null });
});

test("a node without an index says so, one that has it says that there is none", async () => {
  const txid = "ab".repeat(32);
  const { rpc } = await start({ txIndex: false });
  expect(await findTransaction(rpc, txid, signal)).toEqual({ found: null, reason: "no-index" });
  const indexed = await start();
  expect(await findTransaction(indexed.rpc, txid, signal)).toEqual({ found: null, reason: "unknown" });
});

test("a node that is gone is told as that", async () => {
  const { node, rpc } = await start();
  await node.stop();
  await expect(findTransaction(rpc, "ab".repeat(32), signal)).rejects.toMatchObject({ code: "CHAIN_RPC_UNREACHABLE" });
});
