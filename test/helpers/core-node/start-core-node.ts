import { randomBytes } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Written } from "./amount.ts";
import { blockJson } from "./block-json.ts";
import type { CoreNode, CoreNodeOptions } from "./core-node.ts";
import { decodeBlock } from "./decode-block.ts";
import { FaultQueue } from "./faults.ts";
import { type HttpLog, openHttpServer } from "./http-server.ts";
import { MempoolState } from "./mempool-state.ts";
import { type ChainStep, type IndexedBlock, NodeChain } from "./node-chain.ts";
import type { NodeState } from "./node-state.ts";
import { openZmqPublisher, type ZmqPublisher } from "./zmq-publisher.ts";

/** Starts a node that answers as Bitcoin Core does, from any list of blocks. */
export async function startCoreNode(options: CoreNodeOptions): Promise<CoreNode> {
  const { version = 28, zmq = false } = options;
  const publisher = zmq === false ? undefined : await openZmqPublisher(zmq === true ? "tcp://127.0.0.1:*" : zmq);
  const state = createState(options, version, publisher);
  const faults = new FaultQueue();
  const log: HttpLog = { asked: [], httpRequests: 0, connections: 0 };
  const login = options.login ?? { user: "__cookie__", password: randomBytes(32).toString("hex") };
  const folder = await mkdtemp(join(tmpdir(), "core-node-"));
  const cookieFile = join(folder, ".cookie");
  await writeFile(cookieFile, `${login.user}:${login.password}`, { mode: 0o600 });
  const http = openHttpServer({ state, faults, log, login });
  http.server.listen(options.port ?? 0, "127.0.0.1");
  await once(http.server, "listening");
  const { port } = http.server.address() as AddressInfo;
  return {
    ...controlsOf(state, faults),
    ...addressOf(port, login),
    cookieFile,
    get tip() {
      return state.chain.tip;
    },
    mempool: state.mempool,
    zmq: publisher,
    asked: log.asked,
    counts: {
      of: (method) => log.asked.filter((asked) => asked === method).length,
      get httpRequests() {
        return log.httpRequests;
      },
      get connections() {
        return log.connections;
      },
    },
    async stop() {
      await http.close();
      await publisher?.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function createState(options: CoreNodeOptions, version: number, zmq: ZmqPublisher | undefined): NodeState {
  const chain = new NodeChain();
  chain.add(options.chain);
  chain.begin(options.tip === undefined ? chain.bestTip() : chain.get(options.tip));
  return {
    network: options.network,
    version,
    chain,
    mempool: new MempoolState(version, (label, txid, sequence) => zmq?.mempoolSequence(label, txid, sequence)),
    zmq,
    waitForNewBlock: options.waitForNewBlock ?? true,
    rest: options.rest ?? true,
    txIndex: options.txIndex ?? false,
    pruneHeight: options.pruneHeight,
    news: new EventEmitter().setMaxListeners(0),
    claimedTip: undefined,
    warmUp: options.warmUp,
    prepared: undefined,
    verificationProgress: 1,
  };
}

type Controls =
  | "addBlocks"
  | "setTip"
  | "advance"
  | "prepareNext"
  | "lie"
  | "setWarmUp"
  | "setVerificationProgress"
  | "failNext"
  | "clearFaults";

function controlsOf(state: NodeState, faults: FaultQueue): Pick<CoreNode, Controls> {
  const { chain, news, zmq } = state;
  return {
    addBlocks: (blocks) => chain.add(blocks),
    setTip: (where) => moveTo(chain.get(where), state),
    advance(blocks = 1) {
      for (let index = 0; index < blocks; index += 1) {
        const next = chain.next();
        if (next === undefined) return false;
        moveTo(next, state);
      }
      return true;
    },
    prepareNext() {
      const next = chain.next();
      const json = next && (blockJson(next, 3, state) as { readonly tx: unknown } | undefined);
      if (next === undefined || json === undefined) return;
      state.prepared = { hash: next.hash, transactions: new Written(json.tx) };
    },
    lie(tip) {
      state.claimedTip = tip;
      zmq?.hashBlock((tip ?? chain.tip).hash);
      news.emit("tip");
    },
    setWarmUp: (words) => void (state.warmUp = words),
    setVerificationProgress: (progress) => void (state.verificationProgress = progress),
    failNext: (fault) => faults.plan(fault),
    clearFaults: () => faults.clear(),
  };
}

/**
 * In the order in which a node tells: what it disconnected, what that brought back to its mempool, what it connected,
 * then its new tip, which it keeps to itself while it downloads all blocks, or where it only went back.
 */
function moveTo(target: IndexedBlock, state: NodeState): void {
  const { chain, mempool, news, zmq } = state;
  for (const step of chain.stepsTo(target)) {
    chain.apply(step);
    for (const { hash } of step.disconnected) zmq?.blockSequence("D", hash);
    if (!mempool.isUnused) updateMempool(step, mempool);
    for (const { hash } of step.connected) zmq?.blockSequence("C", hash);
    if (state.verificationProgress >= 1 && step.connected.length > 0) zmq?.hashBlock(chain.tip.hash);
    news.emit("tip");
  }
}

function updateMempool({ connected, disconnected }: ChainStep, mempool: MempoolState): void {
  const mined = new Set<string>();
  for (const { hash, bytes } of connected) {
    const txids = decodeBlock(bytes).map(({ txid }) => txid);
    mempool.mine(hash, txids);
    for (const txid of txids) mined.add(txid);
  }
  for (const { hash } of disconnected.toReversed()) mempool.restore(hash, mined);
}

function addressOf(
  port: number,
  { user, password }: { readonly user: string; readonly password: string },
): Pick<CoreNode, "url" | "port" | "user" | "password" | "source"> {
  const authority = `127.0.0.1:${port}`;
  const source = `core:http://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${authority}`;
  return { url: `http://${authority}`, port, user, password, source };
}
