/**
 * A mempool of 150,000 transactions, made up, in a node that another process plays: how much memory watching it takes,
 * how long it takes to load, and how long a snapshot does. Beside it, in a process of its own, the usual way: all of
 * `getrawmempool true` in one reply, parsed by JSON.parse, with nothing done yet. Each worker is this file, run anew.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Mempool, type MempoolSnapshot, NETWORKS, takeSnapshot, type Txid } from "#bitcoin";
import { openSource, parseSourceSpec } from "#chain";
import type { MempoolTransaction } from "../test/helpers/core-node/index.ts";

const TRANSACTIONS = 150_000;
const CHANGES = 300;

/** As package.json starts the program: by default V8 lets what is new and soon garbage grow with the machine's memory. */
const AS_STARTED = "--max-semi-space-size=16";

/** What a worker says: figures by name. */
type Figures = Readonly<Record<string, number>>;

function idOf(number: number): Txid {
  let state = number + 1;
  let text = "";
  for (let word = 0; word < 8; word += 1) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
    text += (state >>> 0).toString(16).padStart(8, "0");
  }
  return text as Txid;
}

/** Of a hundred: 60 alone, 10 pairs, a chain of 20. Fee rates from 1 to some 400 sat/vB, most of them low. */
function transactionAt(number: number): MempoolTransaction {
  const place = number % 100;
  const hasParent = place >= 60 && (place >= 80 ? place > 80 : place % 2 === 1);
  const weight = 400 + ((number * 7_919) % 3_000);
  const rate = 1 + Math.exp(((number * 104_729) % 6_000) / 1_000);
  const fee = Math.floor((rate * weight) / 4);
  const depends = hasParent ? [idOf(number - 1)] : [];
  return { txid: idOf(number), weight, fee, time: 1_760_000_000, height: 3, depends };
}

function sumOf(count: number, valueAt: (index: number) => number): number {
  let sum = 0;
  for (let index = 0; index < count; index += 1) sum += valueAt(index);
  return sum;
}

/** The kernel's own figure, in MB of 10^6 bytes. */
function rssPeakMb(): number {
  return Math.round((process.resourceUsage().maxRSS * 1_024) / 1e5) / 10;
}

function since(started: number): number {
  return Math.round(performance.now() - started);
}

function say(figures: Figures): void {
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}

async function playNode(): Promise<void> {
  // Only here: the process whose memory is measured does not need them.
  const { extend } = await import("../test/fixtures/small-chain.ts");
  const { startCoreNode } = await import("../test/helpers/core-node/index.ts");
  const node = await startCoreNode({
    network: NETWORKS.regtest,
    chain: extend([], 4, "main"),
    zmq: true,
    login: { user: "bench", password: "bench" },
  });
  for (let number = 0; number < TRANSACTIONS; number += 1) node.mempool.add(transactionAt(number));
  say({ port: node.port });
  let changed = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    assert.equal(line, "change");
    for (const end = changed + CHANGES; changed < end; changed += 1) {
      node.mempool.add(transactionAt(TRANSACTIONS + changed));
      node.mempool.remove(idOf(changed * 100));
    }
  }
  await node.stop();
}

/** The first snapshot, then the first one after the changes for which the second line of output asks. */
async function watch(port: string): Promise<void> {
  const started = performance.now();
  const source = await openSource(parseSourceSpec(`core:http://bench:bench@127.0.0.1:${port}`), {
    network: "regtest",
    pace: 1,
    historyBlocks: 1,
    finality: 100,
    requestsPerSecond: 1,
    allowBackfill: false,
    snapshotDir: "",
  });
  assert.ok(source.kind === "chain" && source.watchMempool !== undefined);
  const stop = new AbortController();
  let first: MempoolSnapshot | undefined;
  for await (const snapshot of source.watchMempool(stop.signal)) {
    if (first === undefined) say({ ...figuresOf(snapshot), loadMs: since(started) });
    first ??= snapshot;
    // Those that went are of other fees than those that came.
    if (snapshot.totalFee === first.totalFee) continue;
    say({ ...figuresOf(snapshot), rssPeakMb: rssPeakMb() });
    break;
  }
  stop.abort();
  await source.close();
}

function figuresOf({ count, weight, totalFee, histogram, projectedBlocks }: MempoolSnapshot): Figures {
  return {
    count,
    weight,
    totalFee,
    histogramWeight: (histogram ?? []).reduce((sum, bucket) => sum + bucket.weight, 0),
    blocksFee: projectedBlocks.reduce((sum, block) => sum + block.totalFee, 0),
    blocks: projectedBlocks.length,
  };
}

async function parseWhole(port: string): Promise<void> {
  const started = performance.now();
  const reply = await fetch(`http://127.0.0.1:${port}/`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa("bench:bench")}` },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "getrawmempool", params: [true] }),
  });
  const { result } = JSON.parse(await reply.text()) as { result: Record<string, { fees: { base: number } }> };
  const loadMs = since(started);
  say({ count: Object.keys(result).length, loadMs, rssPeakMb: rssPeakMb() });
}

/** Only the computation, without a node. */
function compute(): void {
  const mempool = new Mempool();
  const moment = { time: 1_760_000_000, tip: null, minFeeRate: null };
  const add = (number: number): void => {
    const { txid, fee, weight, depends = [] } = transactionAt(number);
    mempool.add({ txid: txid as Txid, fee, weight, parents: depends as Txid[] });
  };
  for (let number = 0; number < TRANSACTIONS; number += 1) add(number);
  let started = performance.now();
  const first = takeSnapshot(mempool, moment);
  const snapshotMs = since(started);
  const { feeRates } = first.projectedBlocks[0] ?? { feeRates: [] };
  assert.deepEqual(
    feeRates.toSorted((left, right) => left - right),
    feeRates,
    "fee rates of the next block rise",
  );
  for (let number = 0; number < CHANGES; number += 1) add(TRANSACTIONS + number);
  started = performance.now();
  takeSnapshot(mempool, moment);
  say({ ...figuresOf(first), snapshotMs, nextSnapshotMs: since(started) });
}

type WorkerOptions = { readonly port?: number | undefined; readonly flags?: readonly string[] };

/** Runs this file as a worker; `next` gives its next line, `finish` ends its input and waits for it. */
function startWorker(name: string, { port = 0, flags = [] }: WorkerOptions = {}) {
  const args = [...flags, import.meta.filename, name, String(port)];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    next: async (): Promise<Figures> => {
      const { value, done } = await lines.next();
      assert.ok(done !== true, `the worker "${name}" ended early`);
      return JSON.parse(value) as Figures;
    },
    tell: (line: string) => child.stdin.write(`${line}\n`),
    finish: async (): Promise<void> => {
      child.stdin.end();
      await exited;
    },
  };
}

function assertRight(figures: Figures): void {
  const expected = {
    count: TRANSACTIONS,
    weight: sumOf(TRANSACTIONS, (index) => transactionAt(index).weight),
    totalFee: sumOf(TRANSACTIONS, (index) => transactionAt(index).fee),
  };
  const { count, weight, totalFee } = figures;
  assert.deepEqual({ count, weight, totalFee }, expected, "sums of the snapshot");
  assert.equal(figures["histogramWeight"], weight, "weight of the histogram");
  assert.equal(figures["blocksFee"], totalFee, "fees of all projected blocks");
  assert.equal(figures["blocks"], 8, "projected blocks");
}

/** How the mempool of the node is watched, before and after its changes. */
async function measureWatching(node: ReturnType<typeof startWorker>, options: WorkerOptions): Promise<Figures> {
  const watching = startWorker("watch", options);
  const loaded = await watching.next();
  node.tell("change");
  const changed = await watching.next();
  await watching.finish();
  assert.equal(loaded["histogramWeight"], loaded["weight"], "weight of the histogram");
  assert.equal(loaded["blocksFee"], loaded["totalFee"], "fees of all projected blocks");
  assert.equal(changed["count"], TRANSACTIONS, "as many came as went");
  return { ...loaded, rssPeakMb: changed["rssPeakMb"] ?? Number.NaN };
}

export async function run(): Promise<Record<string, unknown>> {
  const computing = startWorker("compute");
  const computed = await computing.next();
  await computing.finish();
  assertRight(computed);
  const node = startWorker("node");
  try {
    const { port } = await node.next();
    const watched = await measureWatching(node, { port, flags: [AS_STARTED] });
    assertRight(watched);
    const byDefault = await measureWatching(node, { port });
    const parsing = startWorker("parse", { port });
    const whole = await parsing.next();
    assert.equal(whole["count"], TRANSACTIONS, "transactions in the whole reply");
    await parsing.finish();
    return report({ computed, watched, byDefault, whole });
  } finally {
    await node.finish();
  }
}

function report({ computed, watched, byDefault, whole }: Readonly<Record<string, Figures>>): Record<string, unknown> {
  const figures = {
    transactions: TRANSACTIONS,
    snapshotMs: computed?.["snapshotMs"],
    nextSnapshotMs: computed?.["nextSnapshotMs"],
    loadMs: watched?.["loadMs"],
    rssPeakMb: watched?.["rssPeakMb"],
    rssPeakByDefaultMb: byDefault?.["rssPeakMb"],
    wholeReplyMs: whole?.["loadMs"],
    wholeReplyRssPeakMb: whole?.["rssPeakMb"],
  };
  console.log(`${TRANSACTIONS} transactions; counts, weights and fees agree with the node's`);
  console.log(
    `first snapshot computed in ${figures.snapshotMs} ms, one after ${CHANGES} changes in ${figures.nextSnapshotMs} ms`,
  );
  console.log(`watched: loaded in ${figures.loadMs} ms, ${figures.rssPeakMb} MB at most`);
  console.log(`watched without ${AS_STARTED}: ${figures.rssPeakByDefaultMb} MB at most`);
  console.log(
    `getrawmempool true and JSON.parse: ${figures.wholeReplyMs} ms, ${figures.wholeReplyRssPeakMb} MB at most`,
  );
  return figures;
}

const WORKERS: Readonly<Record<string, (argument: string) => void | Promise<void>>> = {
  node: playNode,
  watch,
  parse: parseWhole,
  compute,
};

if (import.meta.main) {
  const [name = "", argument = ""] = process.argv.slice(2);
  await WORKERS[name]?.(argument);
}
