import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import type { MempoolSnapshot } from "#bitcoin";
import type { AppError } from "#lib";
import { describeWithRealBlocks } from "../../../test/helpers/real-blocks.ts";
import { mempoolSpaceSocketUrl, openTipNotifications, watchMempoolSpace } from "./index.ts";

const HASH = "00".repeat(31);
const BLOCK = { height: 837_043, id: `${HASH}43`, extras: {} };
const NEXT_BLOCK = { height: 837_044, id: `${HASH}44` };
const INFO = { loaded: true, size: 3, bytes: 500, total_fee: 0.00001234, mempoolminfee: 1.305e-5 };
const BLOCKS = [
  { blockSize: 900, blockVSize: 300.25, nTx: 2, totalFees: 1_000, medianFee: 4, feeRange: [1, 2, 3, 4, 5, 6, 7] },
  { blockSize: 300, blockVSize: 198.5, nTx: 1, totalFees: 234, medianFee: 1, feeRange: [1] },
];
const INIT = { mempoolInfo: INFO, "mempool-blocks": BLOCKS, blocks: [BLOCK], da: {}, fees: {} };
const NOW = 1_760_000_000;

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

type Talk = (client: WebSocket, asked: unknown, connections: number) => void;

/** A server that does to each message of a client what the test wants. */
async function serve(talk: Talk): Promise<string> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", path: "/api/v1/ws" });
  await new Promise((resolve) => server.once("listening", resolve));
  let connections = 0;
  server.on("connection", (client) => {
    connections += 1;
    const number = connections;
    client.on("message", (data) => talk(client, JSON.parse(Buffer.isBuffer(data) ? data.toString() : ""), number));
  });
  closing.push(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
}

function say(client: WebSocket, message: unknown): void {
  client.send(JSON.stringify(message));
}

type Watching = AsyncGenerator<MempoolSnapshot> & { readonly troubles: AppError[] };

function watch(url: string, quietMs = 30_000): Watching {
  const stop = new AbortController();
  const troubles: AppError[] = [];
  const snapshots = watchMempoolSpace({
    url,
    intervalMs: 1,
    clock: () => NOW,
    signal: stop.signal,
    onTrouble: (error) => troubles.push(error),
    quietMs,
    backoffMs: { first: 1, most: 5 },
  });
  closing.push(async () => {
    stop.abort();
    await snapshots.return(undefined);
  });
  return Object.assign(snapshots, { troubles });
}

async function next(watching: Watching): Promise<MempoolSnapshot> {
  const { value, done } = await watching.next();
  return done === true ? expect.fail("the snapshots ended") : value;
}

describe("what waits at a mempool.space server", () => {
  test("is what it says, and nothing more", async () => {
    const asked: unknown[] = [];
    const url = await serve((client, message) => {
      asked.push(message);
      say(client, INIT);
    });
    expect(await next(watch(url))).toEqual({
      time: NOW,
      tip: { height: BLOCK.height, hash: BLOCK.id },
      count: 3,
      weight: 1_995,
      totalFee: 1_234,
      minFeeRate: 1.305,
      histogram: null,
      nextBlockTxids: null,
      projectedBlocks: [
        {
          weight: 1_201,
          count: 2,
          totalFee: 1_000,
          feeRates: [1, 2, 3, 4, 5, 6, 7],
          medianFee: 4,
          fullness: 300.25e-6,
        },
        { weight: 794, count: 1, totalFee: 234, feeRates: [], medianFee: 1, fullness: 198.5e-6 },
      ],
    });
    expect(asked).toEqual([{ action: "want", data: ["blocks", "mempool-blocks", "stats"] }]);
  });

  test("changes with each message, whichever part it brings", async () => {
    let speak: (message: unknown) => void = () => {};
    const url = await serve((client) => {
      speak = (message) => say(client, message);
      say(client, { conversions: { USD: 1 } });
      say(client, { mempoolInfo: INFO });
      say(client, { "mempool-blocks": BLOCKS });
    });
    const watching = watch(url);
    expect((await next(watching)).tip).toBeNull();
    speak({ block: NEXT_BLOCK, mempoolInfo: { ...INFO, size: 4 } });
    // Four that wait, three of them in the blocks: the weight is the node's.
    expect(await next(watching)).toMatchObject({ tip: { height: 837_044 }, count: 4, weight: 2_000 });
  });

  test("is not told while the server's node loads it", async () => {
    const url = await serve((client) => {
      say(client, { ...INIT, mempoolInfo: { ...INFO, loaded: false, size: 1 } });
      setTimeout(() => say(client, { mempoolInfo: INFO }), 20);
    });
    expect((await next(watch(url))).count).toBe(3);
  });

  test("is asked for again when the connection breaks", async () => {
    const url = await serve((client, _, connections) => {
      say(client, { ...INIT, mempoolInfo: { ...INFO, size: connections } });
      setTimeout(() => client.terminate(), 10);
    });
    const watching = watch(url);
    expect((await next(watching)).count).toBe(1);
    expect((await next(watching)).count).toBe(2);
    expect(watching.troubles[0]).toMatchObject({ code: "CHAIN_SOCKET_LOST", retryable: true });
    expect(watching.troubles[0]?.message).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/api\/v1\/ws: the connection /);
  });

  test("is asked for again when the server falls silent", async () => {
    const pings: unknown[] = [];
    const url = await serve((client, message, connections) => {
      if (JSON.stringify(message) === '{"action":"ping"}') pings.push(message);
      // On a busy machine the second may be given up before it is heard.
      else if (connections >= 2) say(client, INIT);
    });
    const watching = watch(url, 100);
    expect((await next(watching)).count).toBe(3);
    expect(pings).not.toHaveLength(0);
    expect(watching.troubles[0]?.message).toContain("no answer for");
  });

  test.each([
    ["is no JSON object", "what?"],
    ["has another shape than mempool.space's: mempoolInfo.size is missing", '{"mempoolInfo":{"size":"3"}}'],
  ])("is asked for again when a message %s", async (reason, text) => {
    const url = await serve((client, _, connections) => {
      if (connections === 1) client.send(text);
      else say(client, INIT);
    });
    const watching = watch(url);
    expect((await next(watching)).count).toBe(3);
    expect(watching.troubles.map(({ message }) => message)).toEqual([expect.stringContaining(`a message ${reason}`)]);
  });

  test("ends with the signal, also while nothing answers", async () => {
    const stop = new AbortController();
    const troubles: AppError[] = [];
    const snapshots = watchMempoolSpace({
      url: "http://127.0.0.1:9/api",
      intervalMs: 1,
      clock: () => NOW,
      signal: stop.signal,
      onTrouble: (error) => {
        troubles.push(error);
        stop.abort();
      },
    });
    expect(await snapshots.next()).toEqual({ value: undefined, done: true });
    expect(troubles[0]?.message).toContain("cannot connect");
  });
});

describe("news of the tip", () => {
  test("come with the connection, with a block and after a reorg, not with what waits", async () => {
    let speak: (message: unknown) => void = () => {};
    const url = await serve((client) => {
      speak = (message) => say(client, message);
      say(client, { blocks: [BLOCK] });
    });
    const stop = new AbortController();
    closing.push(() => stop.abort());
    const news = openTipNotifications(url, stop.signal);
    await news.next();
    await news.next();
    speak({ mempoolInfo: INFO });
    const coming = news.next().then(() => "news");
    expect(await Promise.race([coming, new Promise((resolve) => setTimeout(resolve, 30, "none"))])).toBe("none");
    speak({ block: NEXT_BLOCK });
    expect(await coming).toBe("news");
    const reorg = news.next();
    speak({ blocks: [BLOCK] });
    expect((await reorg).done).toBe(false);
    const last = news.next();
    stop.abort();
    expect((await last).done).toBe(true);
  });
});

describe("the address of the WebSocket", () => {
  test.each([
    ["https://mempool.space/api", "wss://mempool.space/api/v1/ws"],
    ["https://mempool.space/api/", "wss://mempool.space/api/v1/ws"],
    ["https://mempool.space/testnet4/api/v1", "wss://mempool.space/testnet4/api/v1/ws"],
    ["http://user:secret@umbrel.local:3006/api", "ws://umbrel.local:3006/api/v1/ws"],
    ["wss://mempool.space/api/v1/ws", "wss://mempool.space/api/v1/ws"],
  ])("of %s", (api, socket) => {
    expect(mempoolSpaceSocketUrl(api)).toBe(socket);
  });

  test.each(["mempool.space", "ftp://host/api", ""])("of %j is none", (text) => {
    expect(() => mempoolSpaceSocketUrl(text)).toThrow(expect.objectContaining({ code: "CHAIN_SOCKET_URL" }));
  });
});

describeWithRealBlocks("what a real server sent", (real) => {
  const recorded: unknown = JSON.parse(
    readFileSync(join(real.blocks, "../series/mempool-space/mempool_info.json"), "utf8"),
  );

  test("is read as it is", async () => {
    const url = await serve((client) => say(client, recorded));
    const snapshot = await next(watch(url));
    expect(snapshot).toMatchObject({
      count: 112_686,
      weight: 702_361_031,
      totalFee: 510_536_864,
      minFeeRate: 1.305,
      tip: { height: 837_050 },
    });
    const { projectedBlocks } = snapshot;
    expect(projectedBlocks).toHaveLength(8);
    expect(projectedBlocks.reduce((sum, { totalFee }) => sum + totalFee, 0)).toBe(snapshot.totalFee);
    expect(projectedBlocks.map(({ feeRates }) => feeRates.length)).toEqual([7, 7, 7, 7, 7, 7, 7, 0]);
  });
});
