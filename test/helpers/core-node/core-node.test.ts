import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { Subscriber } from "zeromq";
import { NETWORKS, type SpentOutputs } from "#bitcoin";
import { extend } from "../../fixtures/small-chain.ts";
import { describeWithRealBlocks } from "../real-blocks.ts";
import {
  type CoreNode,
  type CoreNodeOptions,
  mempoolOf,
  type NodeBlock,
  type PlannedFault,
  readRegtestBlocks,
  startCoreNode,
  withMadeUpCoinHeights,
} from "./index.ts";

const main = withMadeUpCoinHeights(extend([], 6, "main"));
const rival = withMadeUpCoinHeights(extend(extend([], 4, "main"), 3, "rival"));
const forked = [...main, ...rival.slice(4)];

const running: CoreNode[] = [];
afterEach(async () => {
  for (const node of running.splice(0)) await node.stop();
});

async function start(options: Partial<CoreNodeOptions> = {}): Promise<CoreNode> {
  const node = await startCoreNode({ network: NETWORKS.regtest, chain: main, ...options });
  running.push(node);
  return node;
}

async function post(node: CoreNode, body: unknown, login = `${node.user}:${node.password}`): Promise<Response> {
  return fetch(node.url, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(login).toString("base64")}` },
    body: typeof body === "string" ? body : JSON.stringify(body),
    signal: AbortSignal.timeout(5_000),
  });
}

type Reply = { readonly result?: unknown; readonly error?: { readonly code: number; readonly message: string } };

async function ask(node: CoreNode, method: string, params: readonly unknown[]): Promise<Reply> {
  return (await (await post(node, { jsonrpc: "2.0", id: 1, method, params })).json()) as Reply;
}

async function call(node: CoreNode, method: string, ...params: readonly unknown[]): Promise<unknown> {
  const { result, error } = await ask(node, method, params);
  if (error !== undefined) throw new Error(error.message);
  return result;
}

async function errorOf(node: CoreNode, method: string, ...params: readonly unknown[]): Promise<Reply["error"]> {
  return (await ask(node, method, params)).error;
}

async function rest(node: CoreNode, path: string): Promise<{ readonly status: number; readonly body: Buffer }> {
  const response = await fetch(`${node.url}/rest/${path}`);
  return { status: response.status, body: Buffer.from(await response.arrayBuffer()) };
}

describe("JSON-RPC", () => {
  test("version 1 has result and error by HTTP 200, 404 and 500", async () => {
    const node = await start();
    const good = await post(node, { id: "a", method: "getblockcount" });
    expect([good.status, await good.text()]).toEqual([200, '{"result":5,"error":null,"id":"a"}\n']);
    const unknown = await post(node, { jsonrpc: "1.0", id: 2, method: "nosuch", params: [] });
    const error = { code: -32601, message: "Method not found" };
    expect([unknown.status, await unknown.json()]).toEqual([404, { result: null, error, id: 2 }]);
    const bad = await post(node, { id: 3, method: "getblockhash", params: [99] });
    expect([bad.status, await bad.json()]).toMatchObject([500, { error: { code: -8 } }]);
    const garbled = await post(node, "{");
    expect([garbled.status, await garbled.json()]).toMatchObject([500, { error: { code: -32700 }, id: null }]);
  });

  test("version 2 has one of them by HTTP 200, before Core 28 it is taken as version 1", async () => {
    const node = await start();
    const unknown = await post(node, { jsonrpc: "2.0", id: 2, method: "nosuch" });
    const error = { code: -32601, message: "Method not found" };
    expect([unknown.status, await unknown.json()]).toEqual([200, { jsonrpc: "2.0", error, id: 2 }]);
    const old = await start({ version: 27 });
    const reply = await post(old, { jsonrpc: "2.0", id: 2, method: "nosuch" });
    expect([reply.status, await reply.json()]).toEqual([404, { result: null, error, id: 2 }]);
  });

  test("a batch holds replies in order, errors among them", async () => {
    const node = await start();
    const calls = ["getblockcount", "nosuch", "getbestblockhash"].map((method, id) => ({ jsonrpc: "2.0", id, method }));
    const reply = await post(node, calls);
    expect([reply.status, await reply.json()]).toMatchObject([
      200,
      [
        { result: 5, id: 0 },
        { error: { code: -32601 }, id: 1 },
        { result: main[5]?.hash, id: 2 },
      ],
    ]);
    expect(node.asked).toEqual(["getblockcount", "nosuch", "getbestblockhash"]);
    expect(node.counts.httpRequests).toBe(1);
  });

  test("asks for the password or the cookie's", async () => {
    const node = await start();
    expect(readFileSync(node.cookieFile, "utf8")).toBe(`__cookie__:${node.password}`);
    const refused = await post(node, { method: "getblockcount" }, "__cookie__:guess");
    expect([refused.status, await refused.text()]).toEqual([401, ""]);
    const named = await start({ login: { user: "me", password: "se/cret" } });
    expect((await post(named, { method: "getblockcount" }, "me:se/cret")).status).toBe(200);
    expect(named.source).toBe(`core:http://me:se%2Fcret@127.0.0.1:${named.port}`);
  });

  test("says what it does while it starts", async () => {
    const node = await start({ warmUp: "Loading block index…" });
    expect(await errorOf(node, "getblockcount")).toEqual({ code: -28, message: "Loading block index…" });
    const { status, body } = await rest(node, "chaininfo.json");
    expect([status, body.toString()]).toEqual([503, "Service temporarily unavailable: Loading block index…\r\n"]);
    node.setWarmUp(undefined);
    expect(await call(node, "getblockcount")).toBe(5);
  });

  test("amounts have eight decimals", async () => {
    const node = await start();
    const reply = await post(node, { method: "getblock", params: [main[3]?.hash, 2] });
    const text = await reply.text();
    const amounts = [...text.matchAll(/"(?:value|fee)":([^,]+),/g)].map(([, amount]) => amount);
    expect(amounts.length).toBeGreaterThan(4);
    expect(amounts.filter((amount) => !/^\d+\.\d{8}$/.test(amount ?? ""))).toEqual([]);
  });
});

describe("the chain", () => {
  test("goes up block by block and through a reorg", async () => {
    const node = await start({ chain: forked, tip: main[3]?.hash ?? "" });
    expect(await errorOf(node, "getblock", main[4]?.hash)).toMatchObject({ code: -5 });
    node.setTip(main[5]?.hash ?? "");
    expect(await call(node, "getbestblockhash")).toBe(main[5]?.hash);
    expect(node.advance()).toBe(true);
    expect(await call(node, "getbestblockhash")).toBe(rival[6]?.hash);
    expect(await call(node, "getblockheader", main[5]?.hash)).toMatchObject({ confirmations: -1 });
    expect(await call(node, "getchaintips")).toEqual([
      { height: 6, hash: rival[6]?.hash, branchlen: 0, status: "active" },
      { height: 5, hash: main[5]?.hash, branchlen: 2, status: "valid-fork" },
    ]);
    expect(node.advance()).toBe(false);
  });

  test("waitfornewblock answers at the next block, or after its time", async () => {
    const node = await start({ tip: 3 });
    const waiting = call(node, "waitfornewblock", 4_000);
    while (node.counts.of("waitfornewblock") === 0) await new Promise((resolve) => setImmediate(resolve));
    node.advance();
    expect(await waiting).toEqual({ hash: main[4]?.hash, height: 4 });
    expect(await call(node, "waitfornewblock", 1)).toEqual({ hash: main[4]?.hash, height: 4 });
    expect(await errorOf(node, "waitfornewblock", 1, main[2]?.hash)).toMatchObject({ code: -1 });
    const without = await start({ waitForNewBlock: false });
    expect(await errorOf(without, "waitfornewblock", 1)).toMatchObject({ code: -32601 });
    const modern = await start({ version: 30, tip: 3 });
    expect(await call(modern, "waitfornewblock", 4_000, main[2]?.hash)).toMatchObject({ height: 3 });
  });

  test("a tip that it has not is claimed and not delivered", async () => {
    const node = await start();
    const hash = "12".repeat(32);
    node.lie({ height: 9, hash });
    expect(await call(node, "getblockchaininfo")).toMatchObject({ blocks: 9, bestblockhash: hash });
    expect(await call(node, "getblockhash", 9)).toBe(hash);
    expect(await errorOf(node, "getblockheader", hash)).toMatchObject({ code: -5 });
    node.lie(undefined);
    expect(await call(node, "getblockcount")).toBe(5);
  });

  test("pruned blocks are gone, their headers are not", async () => {
    const node = await start({ pruneHeight: 3 });
    const pruned = main[2]?.hash;
    expect(await errorOf(node, "getblock", pruned)).toEqual({
      code: -1,
      message: "Block not available (pruned data)",
    });
    expect(await call(node, "getblockheader", pruned)).toMatchObject({ height: 2 });
    expect((await rest(node, `block/${pruned}.bin`)).status).toBe(404);
    expect(await call(node, "getblockchaininfo")).toMatchObject({ pruned: true, pruneheight: 3 });
  });

  test("REST gives blocks, headers and since Core 30 spent outputs", async () => {
    const node = await start({ version: 30 });
    const block = main[4];
    expect((await rest(node, `block/${block?.hash}.bin`)).body.equals(block?.bytes ?? Buffer.of())).toBe(true);
    expect((await rest(node, `spenttxouts/${block?.hash}.bin`)).body.equals(block?.spent?.bytes ?? Buffer.of())).toBe(
      true,
    );
    const { body } = await rest(node, `headers/${main[3]?.hash}.bin?count=5`);
    expect(body.equals(Buffer.concat(main.slice(3).map(({ bytes }) => bytes.subarray(0, 80))))).toBe(true);
    expect(JSON.parse((await rest(node, "blockhashbyheight/4.json")).body.toString())).toEqual({
      blockhash: block?.hash,
    });
    expect((await rest(node, `block/${"0".repeat(64)}.bin`)).status).toBe(404);
    expect((await rest(await start(), `spenttxouts/${block?.hash}.bin`)).status).toBe(404);
    expect((await rest(await start({ rest: false }), `block/${block?.hash}.bin`)).status).toBe(404);
  });
});

describe("faults", () => {
  const meet = async (fault: PlannedFault): Promise<Response> => {
    const node = await start();
    node.failNext(fault);
    return post(node, { id: 7, method: "getblockcount" });
  };

  test("are met as often as planned, and by the method that they are meant for", async () => {
    const node = await start();
    node.failNext({ kind: "work-queue", times: 2, method: "getblockcount" });
    const statusOf = async (method: string): Promise<number> => (await post(node, { method })).status;
    expect(await statusOf("getbestblockhash")).toBe(200);
    expect(await statusOf("getblockcount")).toBe(503);
    expect((await post(node, [{ method: "getbestblockhash" }, { method: "getblockcount" }])).status).toBe(503);
    expect(await statusOf("getblockcount")).toBe(200);
  });

  test.each(["reset", "half-body"] as const)("%s ends the connection", async (kind) => {
    await expect(meet({ kind }).then((response) => response.text())).rejects.toThrow();
  });

  test("silent never answers", async () => {
    const node = await start();
    node.failNext({ kind: "silent" });
    const request = fetch(node.url, { method: "POST", body: "{}", signal: AbortSignal.timeout(50) });
    await expect(request).rejects.toThrow("timeout");
  });

  test("the others answer wrongly", async () => {
    expect((await meet({ kind: "forbidden" })).status).toBe(403);
    expect((await meet({ kind: "unauthorized" })).status).toBe(401);
    expect(await (await meet({ kind: "other-id" })).json()).toMatchObject({ id: "of another call", result: 5 });
    await expect((await meet({ kind: "garbage" })).json()).rejects.toThrow();
    expect((await meet({ kind: "slow", durationMs: 5 })).status).toBe(200);
  });
});

type ZmqMessage = readonly [topic: string, body: string, count: number];

async function subscribe(node: CoreNode): Promise<{ next(messages: number): Promise<ZmqMessage[]>; close(): void }> {
  const socket = new Subscriber({ receiveHighWaterMark: 0, linger: 0 });
  const [notification] = (await call(node, "getzmqnotifications")) as { readonly address: string }[];
  socket.connect(notification?.address ?? "");
  socket.subscribe("hashblock", "sequence");
  await node.zmq?.subscribed("hashblock");
  await node.zmq?.subscribed("sequence");
  return {
    async next(messages) {
      const received: ZmqMessage[] = [];
      while (received.length < messages) {
        const [topic, body, count] = await socket.receive();
        received.push([String(topic), body?.toString("hex") ?? "", count?.readUInt32LE() ?? -1]);
      }
      return received;
    },
    close: () => socket.close(),
  };
}

describe("ZMQ and the mempool", () => {
  const payment = { weight: 400, fee: 5_132, time: 1_767_365_928, height: 5 };
  const [parent, child] = ["a1".repeat(32), "b2".repeat(32)];

  test("tells of blocks and transactions in the order and with the numbers of a node", async () => {
    const node = await start({ chain: forked, tip: main[5]?.hash ?? "", zmq: true });
    const messages = await subscribe(node);
    node.mempool.add({ ...payment, txid: parent });
    node.setTip(rival[6]?.hash ?? "");
    node.mempool.remove(parent);
    expect(await messages.next(8)).toEqual([
      ["sequence", `${parent}410100000000000000`, 0],
      ["sequence", `${main[5]?.hash}44`, 1],
      ["sequence", `${main[4]?.hash}44`, 2],
      ["sequence", `${rival[4]?.hash}43`, 3],
      ["sequence", `${rival[5]?.hash}43`, 4],
      ["sequence", `${rival[6]?.hash}43`, 5],
      ["hashblock", rival[6]?.hash, 0],
      ["sequence", `${parent}520200000000000000`, 6],
    ]);
    messages.close();
  });

  test("entries know their kin; what a block holds goes without a word", async () => {
    const node = await start({ tip: 4 });
    node.mempool.set([
      { ...payment, txid: parent, fee: 400 },
      { ...payment, txid: child, depends: [parent] },
    ]);
    expect(await call(node, "getmempoolentry", child)).toMatchObject({
      ancestorcount: 2,
      ancestorsize: 200,
      depends: [parent],
      fees: { base: 0.00005132, ancestor: 0.00005532 },
    });
    expect(await call(node, "getmempoolentry", parent)).toMatchObject({ descendantcount: 2, spentby: [child] });
    expect(await call(node, "getmempoolinfo")).toMatchObject({ size: 2, bytes: 200, total_fee: 0.00005532 });
    expect(await errorOf(node, "getmempoolentry", "00".repeat(32))).toEqual({
      code: -5,
      message: "Transaction not in mempool",
    });
    const mined = ((await call(await start(), "getblock", main[5]?.hash)) as { tx: string[] }).tx.at(-1) ?? "";
    node.mempool.add({ ...payment, txid: mined });
    expect(await call(node, "getrawmempool", false, true)).toEqual({
      txids: [parent, child, mined],
      mempool_sequence: 4,
    });
    node.advance();
    expect(await call(node, "getrawmempool", false, true)).toEqual({ txids: [parent, child], mempool_sequence: 4 });
  });

  test("a disconnected block gives back what it took, unless the other branch holds it", async () => {
    const node = await start({ chain: forked, tip: main[4]?.hash ?? "" });
    const txidsOf = async (hash: string | undefined): Promise<string[]> =>
      ((await call(node, "getblock", hash)) as { tx: string[] }).tx;
    const whole = await start({ chain: forked });
    const [mined = ""] = ((await call(whole, "getblock", main[5]?.hash)) as { tx: string[] }).tx;
    node.mempool.add({ ...payment, txid: mined });
    node.setTip(main[5]?.hash ?? "");
    expect(await txidsOf(main[5]?.hash)).toContain(mined);
    expect(node.mempool.txids()).toEqual([]);
    node.setTip(rival[6]?.hash ?? "");
    expect(await txidsOf(rival[5]?.hash)).not.toContain(mined);
    expect(await call(node, "getrawmempool", false, true)).toEqual({ txids: [mined], mempool_sequence: 3 });
  });

  test("a node that downloads all blocks does not tell of its tip", async () => {
    const node = await start({ tip: 3, zmq: true });
    const messages = await subscribe(node);
    node.setVerificationProgress(0.43);
    expect(await call(node, "getblockchaininfo")).toMatchObject({ initialblockdownload: true, headers: 7 });
    node.advance();
    node.setVerificationProgress(1);
    node.zmq?.loseNext(1);
    node.advance();
    expect(await messages.next(2)).toEqual([
      ["sequence", `${main[4]?.hash}43`, 0],
      ["hashblock", main[5]?.hash, 0],
    ]);
    messages.close();
  });

  test("since Core 31 an entry has its chunk", async () => {
    const node = await start({ version: 31 });
    const chunk = { weight: 800, fee: 5_532 };
    node.mempool.set([
      { ...payment, txid: parent, fee: 400, chunk },
      { ...payment, txid: child, depends: [parent], chunk },
    ]);
    expect(await call(node, "getmempoolentry", parent)).toMatchObject({
      chunkweight: 800,
      fees: { chunk: 0.00005532 },
    });
    expect(await call(node, "getrawmempool", true)).toHaveProperty([child, "fees", "chunk"], 0.00005532);
  });
});

describeWithRealBlocks("against what a real node answered", () => {
  const folder = process.env["UTXOIQ_TEST_DATA"] ?? "";
  const recorded = (name: string): unknown =>
    JSON.parse(readFileSync(join(folder, "regtest-node", name), "utf8")) as unknown;
  const { regtest } = NETWORKS;
  let chain: NodeBlock[] = [];
  let node: CoreNode;

  beforeAll(async () => {
    chain = readRegtestBlocks(folder, regtest);
    node = await startCoreNode({ network: regtest, chain });
    return () => node.stop();
  });

  test("its files hold both branches, with what their blocks spend", () => {
    expect(chain).toHaveLength(326);
    expect(chain.every(({ spent }) => spent?.coinHeights !== undefined)).toBe(true);
    const stats = recorded("getblockstats.json") as { readonly ins: number; readonly blockhash: string }[];
    const coins = new Map(chain.map(({ hash, spent }) => [String(hash), (spent as SpentOutputs).coinHeights?.length]));
    expect(stats.map(({ blockhash }) => coins.get(blockhash))).toEqual(stats.map(({ ins }) => ins));
  });

  test.each([["getblockchaininfo"], ["getnetworkinfo"], ["getmempoolinfo"], ["getchaintips"], ["getzmqnotifications"]])(
    "%s",
    async (method) => {
      expect(await call(node, method)).toEqual(recorded(`rpc/${method}.json`));
    },
  );

  test.each([25, 50, 75, 100, 125, 150, 175, 200, 225, 250, 275, 300, 320, 321, 322])(
    "getblock 3 of %i",
    async (height) => {
      const expected = recorded(`rpc/getblock-3-${height}.json`) as Record<string, unknown> & {
        tx: { txid: string }[];
      };
      const { strippedsize: _, size: __, weight: ___, tx, ...header } = expected;
      expect(await call(node, "getblockhash", height)).toBe(expected["hash"]);
      const full = await call(node, "getblock", expected["hash"], 3);
      expect(full).toEqual(expected);
      expect(JSON.stringify(full)).toBe(JSON.stringify(expected));
      expect(await call(node, "getblockheader", expected["hash"])).toEqual(header);
      const txids = { ...expected, tx: tx.map(({ txid }) => txid) };
      expect(await call(node, "getblock", expected["hash"])).toEqual(txids);
    },
  );

  test("the bytes of all blocks, by RPC and REST", async () => {
    for (const height of [1, 160, 200, 319, 322]) {
      const expected = readFileSync(join(folder, "regtest-node/blocks", `${height}.block`));
      const hash = await call(node, "getblockhash", height);
      expect(await call(node, "getblock", hash, 0)).toBe(expected.toString("hex"));
      expect((await rest(node, `block/${String(hash)}.bin`)).body.equals(expected)).toBe(true);
    }
  });

  test("chain and mempool by REST", async () => {
    const answers = await Promise.all(["chaininfo.json", "mempool/info.json"].map((path) => rest(node, path)));
    const texts = ["rest-chaininfo", "rest-mempool-info"].map((name) =>
      readFileSync(join(folder, "regtest-node/rpc", `${name}.json`), "utf8").trimEnd(),
    );
    expect(answers.map(({ body }) => body.toString().trimEnd())).toEqual(texts);
  });

  test("errors", async () => {
    const errors = Object.entries(recorded("rpc/errors.json") as Record<string, unknown>);
    expect(errors).toHaveLength(4);
    for (const [asked, expected] of errors) {
      const method = asked.slice(0, asked.indexOf("["));
      const params = JSON.parse(asked.slice(method.length)) as unknown[];
      expect(await errorOf(node, method, ...params)).toEqual(expected);
    }
  });

  test("the stale branch is still there, and the chain can be moved to it", async () => {
    const { stale } = recorded("reorg.json") as { readonly stale: readonly { hash: string; height: number }[] };
    const top = stale.at(-1)?.hash ?? "";
    expect(await call(node, "getblock", top, 3)).toMatchObject({ height: 321, confirmations: -1 });
    const moved = await start({ network: regtest, chain, tip: 318 });
    moved.setTip(top);
    expect(await call(moved, "getbestblockhash")).toBe(top);
    expect(moved.advance()).toBe(true);
    expect(await call(moved, "getblockcount")).toBe(322);
  });

  test("mempools", async () => {
    const snapshots = recorded("rpc/mempool-snapshots.json") as {
      readonly height: number;
      readonly info: Record<string, unknown>;
      readonly raw: Parameters<typeof mempoolOf>[0];
    }[];
    for (const { height, info, raw } of snapshots) {
      const old = await start({ network: regtest, chain, tip: height });
      old.mempool.set(mempoolOf(raw));
      expect(await call(old, "getrawmempool", true)).toEqual(raw);
      const { usage: _, ...told } = (await call(old, "getmempoolinfo")) as Record<string, unknown>;
      expect(info).toMatchObject(told);
    }
  });
});
