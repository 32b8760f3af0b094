import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { type MempoolSnapshot, NETWORKS } from "#bitcoin";
import type { AppError } from "#lib";
import { extend } from "../../../../test/fixtures/small-chain.ts";
import {
  type CoreNode,
  type CoreNodeOptions,
  mempoolOf,
  type MempoolTransaction,
  startCoreNode,
} from "../../../../test/helpers/core-node/index.ts";
import { describeWithRealBlocks } from "../../../../test/helpers/real-blocks.ts";
import { openHttp } from "../core-http.ts";
import { parseCoreSpec } from "../core-spec.ts";
import { openRpc } from "../open-rpc.ts";
import { type CoreMempoolOptions, watchCoreMempool } from "./watch-core-mempool.ts";

const CHAIN = extend([], 4, "main");
const NOW = 1_760_000_000;

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** Transaction `number` pays as many satoshis per vB, for 100 vB. */
function transaction(number: number, depends: readonly number[] = []): MempoolTransaction {
  const fee = number * 100;
  return {
    txid: idOf(number),
    weight: 400,
    fee,
    time: NOW,
    height: 2,
    depends: depends.map(idOf),
    chunk: { weight: 400, fee },
  };
}

function idOf(number: number): string {
  return number.toString(16).padStart(64, "0");
}

async function start(options: Partial<CoreNodeOptions> = {}): Promise<CoreNode> {
  const node = await startCoreNode({ network: NETWORKS.regtest, chain: CHAIN, tip: 1, ...options });
  closing.push(() => node.stop());
  return node;
}

type Watching = AsyncGenerator<MempoolSnapshot> & { readonly troubles: AppError[] };

function watch(node: CoreNode, options: Partial<CoreMempoolOptions> = {}): Watching {
  const http = openHttp(parseCoreSpec(node.source));
  const stop = new AbortController();
  const troubles: AppError[] = [];
  const snapshots = watchCoreMempool({
    rpc: openRpc(http),
    url: node.url,
    zmqEndpoint: node.zmq?.notifications.find(({ type }) => type === "pubsequence")?.address,
    intervalMs: 5,
    clock: () => NOW,
    signal: stop.signal,
    onTrouble: (error) => troubles.push(error),
    ...options,
  });
  closing.push(async () => {
    stop.abort();
    await snapshots.return(undefined);
    await http.close();
  });
  return Object.assign(snapshots, { troubles });
}

async function next(watching: Watching): Promise<MempoolSnapshot> {
  const { value, done } = await watching.next();
  if (done === true) return expect.fail("the snapshots ended");
  return value;
}

/** The first snapshot of this kind; a test in which none comes fails by its time limit. */
async function nextWith(watching: Watching, is: (snapshot: MempoolSnapshot) => boolean): Promise<MempoolSnapshot> {
  for (;;) {
    const snapshot = await next(watching);
    if (is(snapshot)) return snapshot;
  }
}

const counting = (count: number) => (snapshot: MempoolSnapshot) => snapshot.count === count;

function rates(snapshot: MempoolSnapshot): readonly number[] {
  return (snapshot.histogram ?? []).map(({ from }) => from);
}

/** Snapshots until the changes come by messages alone: no list was read for one of them. */
async function untilByMessages(watching: Watching, node: CoreNode): Promise<void> {
  for (;;) {
    const lists = node.counts.of("getrawmempool");
    await next(watching);
    if (node.counts.of("getrawmempool") === lists) return;
  }
}

describe.each([
  ["with ZMQ", { zmq: true }],
  ["without ZMQ", { zmq: false }],
])("what waits in a node, %s", (_, options) => {
  test("is told at once, with floor, tip and time", async () => {
    const node = await start(options);
    for (let number = 1; number <= 3; number += 1) node.mempool.add(transaction(number));
    const snapshot = await next(watch(node));
    expect(snapshot).toMatchObject({ time: NOW, count: 3, weight: 1_200, totalFee: 600, minFeeRate: 0.1 });
    expect(snapshot.tip).toEqual({ height: 1, hash: CHAIN[1]?.hash });
    expect(snapshot.histogram).toEqual(
      [1, 2, 2.8].map((from) => ({ from, weight: 400, count: 1, inflowWeight: null })),
    );
    expect(snapshot.projectedBlocks).toMatchObject([{ count: 3, totalFee: 600 }]);
  });

  test("changes with what comes and goes", async () => {
    const node = await start(options);
    node.mempool.set([transaction(1), transaction(2)]);
    const watching = watch(node);
    await next(watching);
    node.mempool.add(transaction(10));
    const more = await nextWith(watching, counting(3));
    expect(more.histogram?.at(-1)).toEqual({ from: 10, weight: 400, count: 1, inflowWeight: 400 });
    expect(more.histogram?.[0]).toMatchObject({ from: 1, inflowWeight: 0 });
    node.mempool.remove(idOf(1));
    expect(rates(await nextWith(watching, counting(2)))).toEqual([2, 10]);
  });

  test("changes with a block", async () => {
    const node = await start(options);
    node.mempool.set([transaction(1), transaction(2), transaction(3)]);
    const watching = watch(node);
    await next(watching);
    node.mempool.mine(CHAIN[2]?.hash ?? "", [idOf(2), idOf(3)]);
    node.advance();
    const snapshot = await nextWith(watching, counting(1));
    expect(rates(snapshot)).toEqual([1]);
    expect((await nextWith(watching, ({ tip }) => tip?.height === 2)).tip?.hash).toBe(CHAIN[2]?.hash);
  });

  test("finds its child again when a reorg brings it back", async () => {
    const other = extend(CHAIN.slice(0, 2), 3, "other");
    const node = await start({ ...options, chain: [...CHAIN.slice(0, 3), ...other.slice(2)] });
    node.mempool.set([transaction(1), transaction(5, [1])]);
    const watching = watch(node);
    await next(watching);
    node.mempool.mine(CHAIN[2]?.hash ?? "", [idOf(1)]);
    node.setTip(CHAIN[2]?.hash ?? "");
    expect(rates(await nextWith(watching, counting(1)))).toEqual([5]);
    node.setTip(other.at(-1)?.hash ?? "");
    const snapshot = await nextWith(watching, counting(2));
    expect(rates(snapshot)).toEqual([2.8]);
    expect((await nextWith(watching, ({ tip }) => tip?.height === 4)).tip?.hash).toBe(other.at(-1)?.hash);
  });

  test("pays together with what spends it", async () => {
    const node = await start(options);
    node.mempool.set([transaction(1), transaction(5, [1])]);
    // (100 + 500) sat for 200 vB
    expect(rates(await next(watch(node)))).toEqual([2.8]);
  });

  test("is as the node says after hundreds of changes", async () => {
    const node = await start(options);
    const watching = watch(node);
    for (let round = 0; round < 8; round += 1) {
      for (let number = round * 50; number < round * 50 + 100; number += 1) {
        if (!node.mempool.txids().includes(idOf(number + 1))) node.mempool.add(transaction(number + 1));
      }
      for (let number = round * 50; number < round * 50 + 30; number += 1) node.mempool.remove(idOf(number + 1));
      await next(watching);
    }
    const total = node.mempool.txids().reduce((sum, txid) => sum + Number.parseInt(txid, 16) * 100, 0);
    const snapshot = await nextWith(watching, ({ totalFee }) => totalFee === total);
    expect(snapshot.count).toBe(node.mempool.txids().length);
  });
});

describe("changes by message", () => {
  test("fetch only what came, without the list", async () => {
    const node = await start({ zmq: true });
    node.mempool.set([transaction(1), transaction(2)]);
    const watching = watch(node);
    await untilByMessages(watching, node);
    const lists = node.counts.of("getrawmempool");
    const entries = node.counts.of("getmempoolentry");
    node.mempool.add(transaction(3));
    node.mempool.remove(idOf(1));
    await nextWith(watching, (snapshot) => rates(snapshot).join() === "2,2.8");
    expect(node.counts.of("getrawmempool")).toBe(lists);
    expect(node.counts.of("getmempoolentry")).toBe(entries + 1);
  });

  test("that are lost are found by the list", async () => {
    const node = await start({ zmq: true });
    node.mempool.set([transaction(1), transaction(2)]);
    const watching = watch(node);
    await untilByMessages(watching, node);
    node.zmq?.loseNext(2);
    node.mempool.remove(idOf(1));
    node.mempool.add(transaction(3));
    node.mempool.add(transaction(4));
    expect(rates(await nextWith(watching, counting(3)))).toEqual([2, 2.8, 4]);
  });

  test("of an endpoint where nobody is do not keep the list from being read", async () => {
    const node = await start();
    const watching = watch(node, { zmqEndpoint: "tcp://127.0.0.1:9" });
    expect((await next(watching)).count).toBe(0);
    node.mempool.add(transaction(1));
    await nextWith(watching, counting(1));
  });
});

describe("a node that does not answer as it should", () => {
  test("is asked again", async () => {
    const node = await start();
    node.mempool.set([transaction(1)]);
    const watching = watch(node);
    await next(watching);
    node.failNext({ kind: "garbage", times: 20 });
    node.mempool.add(transaction(2));
    const ahead = nextWith(watching, counting(2));
    while (watching.troubles.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    node.clearFaults();
    expect((await ahead).count).toBe(2);
    expect(watching.troubles.map(({ code }) => code)).toContain("CHAIN_RPC_BAD_REPLY");
  });

  test("by refusing ends it", async () => {
    const node = await start();
    node.failNext({ kind: "forbidden" });
    const watching = watch(node);
    await expect(next(watching)).rejects.toMatchObject({ code: "CHAIN_RPC_FORBIDDEN", retryable: false });
    expect(watching.troubles).toMatchObject([{ code: "CHAIN_RPC_FORBIDDEN" }]);
  });

  test("because it is loading its mempool has nothing to tell yet", async () => {
    const node = await start();
    node.mempool.set([transaction(1)]);
    const { infoJson } = node.mempool;
    let asked = 0;
    node.mempool.infoJson = () => {
      asked += 1;
      return { ...infoJson.call(node.mempool), loaded: asked > 3 };
    };
    expect((await next(watch(node))).count).toBe(1);
    expect(asked).toBe(4);
  });

  test("for a transaction that is gone by now answers for the others", async () => {
    const node = await start();
    node.mempool.set([transaction(1), transaction(2)]);
    const { txids } = node.mempool;
    node.mempool.txids = () => [...txids.call(node.mempool), idOf(99)];
    expect((await next(watch(node))).count).toBe(2);
  });
});

describe("a node that reports chunks", () => {
  test("is believed, and asked again for the kin of what came", async () => {
    const node = await start({ version: 31, zmq: true });
    // The node may know better than its fees and weights tell us.
    const parent = { ...transaction(1), chunk: { weight: 400, fee: 700 } };
    node.mempool.set([parent]);
    const watching = watch(node);
    await untilByMessages(watching, node);
    expect(rates(await next(watching))).toEqual([6.3]);
    const chunk = { weight: 800, fee: 1_800 };
    Object.assign(parent, { chunk });
    node.mempool.add({ ...transaction(20, [1]), chunk });
    const snapshot = await nextWith(watching, counting(2));
    expect(snapshot.histogram).toMatchObject([{ from: 9, count: 2, weight: 800 }]);
  });
});

describeWithRealBlocks("what a real node recorded", (real) => {
  const folder = join(real.blocks, "../regtest-node/rpc");
  const recorded = JSON.parse(readFileSync(join(folder, "mempool-snapshots.json"), "utf8")) as {
    readonly info: { readonly size: number; readonly total_fee: number; readonly mempoolminfee: number };
    readonly raw: Parameters<typeof mempoolOf>[0];
    readonly template: { readonly transactions: readonly { readonly fee: number; readonly weight: number }[] };
  }[];

  test.each(recorded)("is read as it says itself, and its template is the projected block", async (moment) => {
    const node = await start();
    node.mempool.set(mempoolOf(moment.raw));
    const snapshot = await next(watch(node));
    const { info, template } = moment;
    expect(snapshot.count).toBe(info.size);
    expect(snapshot.totalFee).toBe(Math.round(info.total_fee * 1e8));
    expect(snapshot.minFeeRate).toBeCloseTo(info.mempoolminfee * 1e5, 12);
    const [block] = snapshot.projectedBlocks;
    expect(block?.count).toBe(template.transactions.length);
    expect(block?.totalFee).toBe(template.transactions.reduce((sum, { fee }) => sum + fee, 0));
    expect(block?.weight).toBe(template.transactions.reduce((sum, { weight }) => sum + weight, 0));
  });
});
