import { readFileSync } from "node:fs";
import { copyFile, mkdtemp } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  type CoreNode,
  type CoreNodeOptions,
  type NodeBlock,
  type PlannedFault,
  readRegtestBlocks,
  startCoreNode,
} from "../../../test/helpers/core-node/index.ts";
import { describeWithRealBlocks } from "../../../test/helpers/real-blocks.ts";
import { HEADER_SIZE, NETWORKS, parseHeader, scanBlock } from "#bitcoin";
import type { ChainEvent, ChainLink, FollowableSource } from "../chain-source.ts";
import { parseCoreSpec } from "./core-spec.ts";
import { type CoreOptions, openCore } from "./open-core.ts";
import { findNetworkOfCore, openCoreNode } from "./open-node.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

describeWithRealBlocks("a Bitcoin Core node", ({ blocks: mainnet }) => {
  const folder = join(mainnet, "..");
  let all: readonly NodeBlock[] = [];
  beforeAll(() => {
    all = readRegtestBlocks(folder, NETWORKS.regtest);
  });

  async function start(options: Partial<CoreNodeOptions> = {}): Promise<CoreNode> {
    const node = await startCoreNode({ network: NETWORKS.regtest, chain: all, ...options });
    closing.push(() => node.stop());
    return node;
  }

  async function open(node: CoreNode, options: Partial<CoreOptions> = {}): Promise<FollowableSource> {
    const http = { retryMs: 1, ...options.http };
    const news = { pollMs: 5, lookMs: 60_000, ...options.news };
    const settings = { historyBlocks: 1_000, finality: 100, ...options, http, news };
    const source = await openCore(parseCoreSpec(node.source), settings);
    closing.push(() => source.close());
    return source;
  }

  const recorded = (height: number): Buffer => readFileSync(join(folder, "regtest-node/blocks", `${height}.block`));
  const hashAt = (height: number): string => all.find((block) => block.height === height)?.hash ?? "";
  const staleTip = (): string => all.find(({ hash }) => hash.startsWith("27ec7839"))?.hash ?? "";

  /** Follows until the block of this hash is connected, doing something after some events. */
  async function follow(
    source: FollowableSource,
    until: string,
    { held = [], after = () => {} }: { held?: readonly ChainLink[]; after?: (event: ChainEvent) => void } = {},
  ): Promise<ChainEvent[]> {
    const stop = new AbortController();
    const events: ChainEvent[] = [];
    for await (const event of source.follow(held, stop.signal)) {
      events.push(event);
      after(event);
      if (event.type === "connect" && event.block.hash === until) stop.abort();
    }
    return events;
  }

  const typesOf = (events: readonly ChainEvent[]): string[] =>
    events.map(({ type, block }) => `${type} ${block.height}`);
  const linksOf = (blocks: readonly NodeBlock[]): ChainLink[] =>
    blocks.map(({ height, hash, bytes }) => ({ height, hash, bits: parseHeader(bytes.subarray(0, HEADER_SIZE)).bits }));
  const upTo = (height: number): readonly NodeBlock[] =>
    all
      .filter((block) => block.height <= height && (block.height < 319 || block.hash !== staleTip()))
      .slice(0, height + 1);

  describe("says what it can do", () => {
    test.each<[string, Partial<CoreNodeOptions>, string]>([
      [
        "Core 28",
        {},
        "Bitcoin Core 28.1.0 (/Satoshi:28.1.0(inquisition)/), regtest, not pruned, REST without spent outputs, no ZMQ: long polling",
      ],
      [
        "Core 30",
        { version: 30 },
        "Bitcoin Core 30.0.0 (/Satoshi:30.0.0/), regtest, not pruned, REST with spent outputs, no ZMQ: long polling",
      ],
      [
        "no REST, no long poll",
        { rest: false, waitForNewBlock: false },
        "Bitcoin Core 28.1.0 (/Satoshi:28.1.0(inquisition)/), regtest, not pruned, no REST, no ZMQ: polling",
      ],
      [
        "pruned",
        { pruneHeight: 300 },
        "Bitcoin Core 28.1.0 (/Satoshi:28.1.0(inquisition)/), regtest, pruned below height 300, REST without spent outputs, no ZMQ: long polling",
      ],
    ])("%s", async (_, options, description) => {
      const source = await open(await start(options));
      expect(source.description).toBe(description);
      expect(source.network).toBe(NETWORKS.regtest);
      expect(await source.tipHeight()).toBe(322);
      expect(source.health()).toEqual({ state: "healthy", reason: null });
    });

    test("ZMQ, with its address", async () => {
      const { description } = await open(await start({ zmq: true }));
      expect(description).toMatch(/, ZMQ hashblock at tcp:\/\/127.0.0.1:\d+, sequence at tcp:\/\/127.0.0.1:\d+$/);
    });

    test("a user who may ask little gets along with it", async () => {
      const node = await start({ zmq: true });
      for (const method of ["getnetworkinfo", "getzmqnotifications", "rest/block"])
        node.failNext({ kind: "forbidden", method });
      node.failNext({ kind: "forbidden", method: "waitfornewblock", times: 2 });
      const { description } = await open(node);
      expect(description).toMatch(/keeps to itself, regtest, not pruned, no REST, no ZMQ: polling$/);
    });

    test.each(["forbidden", "unauthorized"] as const)("REST that a proxy keeps closed: %s", async (kind) => {
      const node = await start({ version: 30 });
      node.failNext({ kind, method: "rest/block", times: 1_000 });
      expect((await open(node)).description).toContain("not pruned, no REST, ");
    });

    test("a version that cannot tell what blocks spend is refused", async () => {
      await expect(open(await start({ version: 22 }))).rejects.toMatchObject({
        code: "CHAIN_CORE_TOO_OLD",
        message: expect.stringContaining("Bitcoin Core 22.0.0"),
      });
    });

    test("a network that is not known here", async () => {
      const server = createServer((_, response) => {
        const result = {
          chain: "liquidv1",
          blocks: 1,
          bestblockhash: "00".repeat(32),
          verificationprogress: 1,
          initialblockdownload: false,
          pruned: false,
        };
        response.end(JSON.stringify({ result, error: null, id: 1 }));
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      closing.push(async () => server.close());
      const address = server.address();
      const port = typeof address === "object" ? address?.port : undefined;
      const asked = findNetworkOfCore(parseCoreSpec(`core:http://a:b@127.0.0.1:${port}`));
      await expect(asked).rejects.toMatchObject({
        code: "CHAIN_NETWORK_UNKNOWN",
        message: expect.stringContaining('"liquidv1"'),
      });
    });

    test("its network alone", async () => {
      expect(await findNetworkOfCore(parseCoreSpec((await start()).source))).toBe(NETWORKS.regtest);
    });

    test("that it is starting", async () => {
      const node = await start({ warmUp: "Verifying blocks… 43%" });
      await expect(open(node)).rejects.toMatchObject({
        code: "CHAIN_RPC_WARMING_UP",
        retryable: true,
        message: expect.stringContaining("still loading blocks, 43 %"),
      });
    });
  });

  describe("gives its blocks as they are", () => {
    test.each<[string, Partial<CoreNodeOptions>, { rest: boolean; held: number }]>([
      ["without REST", { rest: false }, { rest: false, held: -1 }],
      ["with REST that does not tell what they spend", {}, { rest: false, held: 305 }],
      ["with REST", { version: 30 }, { rest: true, held: -1 }],
    ])("%s", async (_, options, { rest, held }) => {
      const node = await start(options);
      const events = await follow(await open(node), node.tip.hash, { held: linksOf(upTo(held)) });
      expect(events.length).toBe(322 - held);
      for (const event of events) {
        if (event.type !== "connect") throw new Error("nothing is to be undone");
        const { height, bytes, spent } = event.block;
        if (height > 0) expect(Buffer.compare(bytes, recorded(height))).toBe(0);
        expect(scanBlock(bytes, spent, {}).transactions).toBeGreaterThan(0);
        const own = all.find(({ hash }) => hash === event.block.hash)?.spent;
        expect(Buffer.compare(spent?.bytes ?? Buffer.alloc(0), own?.bytes ?? Buffer.alloc(0))).toBe(0);
        // By REST they come without the heights of the coins, near the tip with them.
        expect(spent?.coinHeights).toEqual(rest && height <= 316 ? undefined : own?.coinHeights);
      }
      expect(node.counts.of("getblock")).toBe(rest ? 6 : 322 - held);
      expect(node.counts.connections).toBeLessThanOrEqual(6);
      expect(node.counts.httpRequests).toBeLessThan((rest ? 2 : 1) * (322 - held) + 20);
    });

    test.each<PlannedFault>([
      { kind: "forbidden", method: "rest/spenttxouts" },
      { kind: "unauthorized", method: "rest/spenttxouts" },
      { kind: "garbage", method: "rest/spenttxouts" },
      { kind: "garbage", method: "rest/block" },
      { kind: "half-body", method: "rest/block" },
    ])("with REST that once gives %j", async (fault) => {
      const node = await start({ version: 30, tip: 200 });
      const source = await open(node);
      node.failNext(fault);
      const events = await follow(source, node.tip.hash, { held: linksOf(upTo(180)) });
      for (const event of events) {
        if (event.type !== "connect") throw new Error("nothing is to be undone");
        const { height, bytes, spent } = event.block;
        expect(Buffer.compare(bytes, recorded(height))).toBe(0);
        expect(scanBlock(bytes, spent, {}).transactions).toBeGreaterThan(0);
      }
      expect(typesOf(events)).toEqual(Array.from({ length: 20 }, (__, index) => `connect ${181 + index}`));
    });
  });

  describe("is followed through the reorg that it went through", () => {
    test("a ZMQ message that is lost is made up for by the next look", async () => {
      const node = await start({ zmq: true, tip: 316, waitForNewBlock: false });
      const source = await open(node, { news: { pollMs: 600_000, lookMs: 30 } });
      node.zmq?.loseNext(2);
      setTimeout(() => node.setTip(317), 60);
      const events = await follow(source, hashAt(317), { held: linksOf(upTo(316)) });
      expect(typesOf(events)).toEqual(["connect 317"]);
    });

    const ways: [string, Partial<CoreNodeOptions>, Partial<CoreOptions>][] = [
      ["by ZMQ", { zmq: true, waitForNewBlock: false }, { news: { pollMs: 600_000 } }],
      ["by long polling", { version: 30 }, {}],
      ["by long polling of older nodes", {}, {}],
      ["by polling", { waitForNewBlock: false }, {}],
    ];

    test.each(ways)("%s", async (_, options, sourceOptions) => {
      const node = await start({ ...options, tip: 316 });
      const source = await open(node, sourceOptions);
      const winner = all.at(-1)?.hash ?? "";
      const after = ({ type, block }: ChainEvent): void => {
        if (type === "connect" && block.height === 316) setTimeout(() => node.setTip(staleTip()));
        if (block.hash === staleTip()) setTimeout(() => node.setTip(322));
      };
      const events = await follow(source, winner, { held: linksOf(upTo(310)), after });
      expect(typesOf(events)).toEqual([
        ...[311, 312, 313, 314, 315, 316, 317, 318, 319, 320, 321].map((height) => `connect ${height}`),
        ...[321, 320, 319].map((height) => `disconnect ${height}`),
        ...[319, 320, 321, 322].map((height) => `connect ${height}`),
      ]);
      const heard = events.flatMap((event) => (event.type === "connect" ? [event.heardAt] : []));
      expect(heard.slice(0, 6)).toEqual(Array.from({ length: 6 }));
      // Where somebody listens a tip that moves is heard of, unless a look that was under way has found it before.
      if (options.zmq === true) expect(heard.slice(6).filter((at) => at !== undefined)).not.toEqual([]);
    });
  });

  describe("may fail for a while", () => {
    const methods = ["getblock", "getblockhash", "getblockchaininfo"];
    /** Tried again at once. */
    const short = [
      { kind: "work-queue" },
      { kind: "reset" },
      { kind: "half-body" },
      { kind: "slow", durationMs: 5 },
    ] as const;
    const cases: [string, readonly PlannedFault[]][] = [
      ...methods.map((method): [string, PlannedFault[]] => [
        `short faults of ${method}`,
        short.map((fault) => ({ ...fault, method })),
      ]),
      ["garbage for a block", [{ kind: "garbage", method: "getblock" }]],
      ["the reply to another call", [{ kind: "other-id", method: "getblock" }]],
      ["silence", [{ kind: "silent", method: "getblockhash" }]],
    ];

    /** To open the source and follow from block 310 to 322: what was spoilt has to be asked for again. */
    const CALLS_WITHOUT_FAULTS: Readonly<Record<string, number>> = {
      getblock: 12,
      getblockhash: 13,
      getblockchaininfo: 2,
    };

    test.each(cases)("%s", async (_, faults) => {
      const node = await start({ waitForNewBlock: false });
      const source = await open(node, { http: { timeoutMs: 300, retries: 6 } });
      for (const fault of faults) node.failNext(fault);
      const events = await follow(source, node.tip.hash, { held: linksOf(upTo(310)) });
      expect(typesOf(events)).toEqual(Array.from({ length: 12 }, (__, index) => `connect ${311 + index}`));
      const [method = ""] = faults.flatMap(({ method }) => method ?? []);
      expect(node.counts.of(method)).toBeGreaterThan(CALLS_WITHOUT_FAULTS[method] ?? Infinity);
    });

    test("and says why", async () => {
      const node = await start();
      const source = await open(node, { http: { retries: 0 } });
      const stop = new AbortController();
      node.setWarmUp("Loading block index…");
      const next = source.follow([], stop.signal)[Symbol.asyncIterator]().next();
      await expect.poll(() => source.health().state).toBe("down");
      expect(source.health().reason).toContain("is still loading blocks");
      node.setWarmUp(undefined);
      expect((await next).value).toMatchObject({ type: "connect" });
      stop.abort();
    });

    test("a block at the tip whose transactions were altered is not taken", async () => {
      const altered = all.map((block) => {
        const bytes = Uint8Array.from(block.bytes);
        // The version of the coinbase: whatever it is, the block can be read.
        if (block.height === 322) bytes[HEADER_SIZE + 1] = (bytes[HEADER_SIZE + 1] ?? 0) ^ 1;
        return { ...block, bytes };
      });
      const source = await open(await start({ chain: altered }));
      const stop = new AbortController();
      const events: ChainEvent[] = [];
      const following = (async () => {
        for await (const event of source.follow(linksOf(upTo(318)), stop.signal)) events.push(event);
      })();
      await expect.poll(() => source.health().reason).toContain("is not the merkle root of the transactions");
      stop.abort();
      await following;
      expect(typesOf(events)).toEqual(["connect 319", "connect 320", "connect 321"]);
    });

    test("a node that is restarted, with another cookie, is followed on", async () => {
      const node = await start({ tip: 316 });
      const cookie = join(await mkdtemp(join(tmpdir(), "utxoiq-cookie-")), ".cookie");
      await copyFile(node.cookieFile, cookie);
      const spec = parseCoreSpec(`core:${node.url}?cookie=${cookie}`);
      const source = await openCore(spec, { historyBlocks: 1_000, finality: 100, http: { retryMs: 1, retries: 1 } });
      closing.push(() => source.close());
      const restart = async (): Promise<void> => {
        await node.stop();
        const again = await start({ port: node.port, tip: 317 });
        await copyFile(again.cookieFile, cookie);
      };
      const after = ({ block }: ChainEvent): void => {
        if (block.height === 316) setTimeout(() => void restart());
      };
      const events = await follow(source, hashAt(317), { held: linksOf(upTo(315)), after });
      expect(typesOf(events)).toEqual(["connect 316", "connect 317"]);
    });

    test("a login that worked and is refused all at once is tried again, slowly", async () => {
      const node = await start({ tip: 316, waitForNewBlock: false });
      const source = await open(node);
      const states: string[] = [];
      const after = ({ block }: ChainEvent): void => {
        if (block.height !== 316) return;
        node.failNext({ kind: "unauthorized", times: 2 });
        node.setTip(hashAt(317));
        void expect
          .poll(() => source.health().reason)
          .toContain("refuses the login, which worked before")
          .then(() => states.push(source.health().state));
      };
      const events = await follow(source, hashAt(317), { held: linksOf(upTo(315)), after });
      expect(typesOf(events)).toEqual(["connect 316", "connect 317"]);
      expect(states).toEqual(["down"]);
    });

    test("a node that is on another network all at once ends it", async () => {
      const login = { user: "alice", password: "secret" };
      const node = await start({ login });
      const source = await open(node);
      await node.stop();
      await start({ login, port: node.port, network: NETWORKS.signet });
      await expect(follow(source, node.tip.hash)).rejects.toMatchObject({
        code: "CHAIN_NETWORK_CHANGED",
        message: `The node at ${node.url} was on regtest and is now on signet.`,
      });
    });

    test("a wrong password ends it, without a word of the password", async () => {
      const node = await start({ login: { user: "alice", password: "other" } });
      const spec = parseCoreSpec(node.source.replace("other", "hunter2"));
      const error: unknown = await openCoreNode(spec).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: "CHAIN_RPC_AUTH", retryable: false });
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("hunter2");
    });

    test("a tip that the node does not have undoes nothing", async () => {
      const node = await start({ waitForNewBlock: false });
      const source = await open(node);
      node.lie({ height: 325, hash: "ab".repeat(32) });
      const stop = new AbortController();
      const events: ChainEvent[] = [];
      const following = (async () => {
        for await (const event of source.follow(linksOf(upTo(318)), stop.signal)) events.push(event);
      })();
      await expect.poll(() => events.length).toBe(4);
      stop.abort();
      await following;
      expect(typesOf(events)).toEqual([319, 320, 321, 322].map((height) => `connect ${height}`));
    });
  });

  describe("that is pruned", () => {
    test("begins where its blocks do", async () => {
      const source = await open(await start({ pruneHeight: 300 }));
      expect(source.firstHeight).toBe(300);
      const recent = await open(await start({ pruneHeight: 300 }), { historyBlocks: 10 });
      expect(recent.firstHeight).toBe(313);
    });

    test.each([28, 30])("Core %i does not have what comes next", async (version) => {
      const node = await start({ pruneHeight: 300, version });
      const source = await open(node);
      await expect(follow(source, node.tip.hash, { held: linksOf(upTo(250)) })).rejects.toMatchObject({
        code: "CHAIN_PRUNED",
        message: expect.stringContaining("pruned below height 300: block 251"),
        details: { lowestBlock: 300, height: 251 },
      });
    });
  });

  test("tells the header times of its chain, of blocks that it pruned as well", async () => {
    const source = await open(await start({ pruneHeight: 300, rest: false }));
    const { signal } = new AbortController();
    const stats = readFileSync(join(folder, "regtest-node/getblockstats.json"), "utf8");
    const times = (JSON.parse(stats) as { time: number }[]).map(({ time }) => time);
    expect([...((await source.headerTimes?.({ first: 1, last: 322 }, signal)) ?? [])]).toEqual(times);
    expect([...((await source.headerTimes?.({ first: 320, last: 400 }, signal)) ?? [])]).toEqual(times.slice(319));
    expect(await source.headerTimes?.({ first: 400, last: 500 }, signal)).toHaveLength(0);
  });

  test("that catches up with the network is as far as it is", async () => {
    const node = await start();
    node.setVerificationProgress(0.437);
    const source = await open(node);
    expect(source.description).toContain("catching up, 43 %");
    node.setVerificationProgress(0.9);
    await source.tipHeight();
    expect(source.description).toContain("catching up, 90 %");
    node.setVerificationProgress(0.437);
    await source.tipHeight();
    expect(source.health()).toEqual({ state: "degraded", reason: "the node itself is at 43 %: block 322" });
  });
});

describe("a node that is not there", () => {
  test("is told with its address alone", async () => {
    const asked = openCore(parseCoreSpec("core:http://a:hunter2@127.0.0.1:1"), {
      historyBlocks: 1,
      finality: 1,
      http: { retries: 0 },
    });
    await expect(asked).rejects.toMatchObject({
      code: "CHAIN_RPC_UNREACHABLE",
      message: "Nothing answers at http://127.0.0.1:1: connection refused; is bitcoind running, with server=1?",
    });
  });
});
