import { AppError, codeOf, pause } from "#lib";
import type { BlockRef } from "../chain-source.ts";
import type { Capabilities, LongPoll, ZmqEndpoints } from "./capabilities.ts";
import type { CoreRpc } from "./core-rpc.ts";
import { hashSchema } from "./node-state.ts";
import { ask } from "./open-rpc.ts";
import { rpcCodeOf } from "./rpc-errors.ts";
import { listenToZmq, type ZmqNews, type ZmqTopic } from "./zmq-news.ts";

/** How one hears that a node's tip may have moved. */
export type News = {
  /** Called before the tip is read: what is heard from then on is news. */
  clear(): void;
  /** When something was heard since, by `performance.now()`. */
  heardAt(): number | undefined;
  wait(tip: BlockRef, signal: AbortSignal): Promise<void>;
  close(): void;
};

export type NewsOptions = {
  /** Looks again after so long, whatever was heard: ZMQ loses messages silently. */
  readonly lookMs?: number;
  /** Looks this often where nothing is told. */
  readonly pollMs?: number;
};

type Listening = Required<NewsOptions> & {
  readonly rpc: CoreRpc;
  readonly zmq: ZmqNews | undefined;
  longPoll: LongPoll;
};

const HTTP_MARGIN_MS = 15_000;

export function listenForNews(
  rpc: CoreRpc,
  { zmq, longPoll }: Pick<Capabilities, "zmq" | "longPoll">,
  options: NewsOptions = {},
): News {
  const topic = topicOf(zmq);
  const listening: Listening = {
    lookMs: 30_000,
    pollMs: 2_000,
    ...options,
    rpc,
    longPoll,
    zmq: topic === undefined ? undefined : listenToZmq(topic),
  };
  return {
    clear: () => listening.zmq?.clear(),
    heardAt: () => listening.zmq?.heardAt,
    wait: (tip, signal) => wait(listening, tip, signal),
    close: () => listening.zmq?.close(),
  };
}

/** `hashblock` says all that is needed; `sequence` also tells of each transaction. */
export function topicOf(endpoints: ZmqEndpoints): ZmqTopic | undefined {
  for (const topic of ["hashblock", "sequence"] as const) {
    const endpoint = endpoints.get(topic);
    if (endpoint !== undefined) return { topic, endpoint };
  }
  return undefined;
}

/** By ZMQ alone only while it is connected: an endpoint that cannot be reached from here says nothing for ever. */
async function wait(listening: Listening, tip: BlockRef, signal: AbortSignal): Promise<void> {
  const { zmq, lookMs, pollMs, longPoll } = listening;
  const hear = zmq?.wait ?? pause;
  if (zmq?.connected === true) await hear(lookMs, signal);
  else if (longPoll === "none") await hear(pollMs, signal);
  else await waitForNewBlock(listening, tip, signal);
}

/** Source: Core `rpc/blockchain.cpp`, `waitfornewblock`: answers at a new tip, or with the old one after the time. */
async function waitForNewBlock(listening: Listening, tip: BlockRef, signal: AbortSignal): Promise<void> {
  const { rpc, lookMs, longPoll, zmq } = listening;
  const done = new AbortController();
  const untilDone = AbortSignal.any([signal, done.signal]);
  const options = { signal: untilDone, timeoutMs: lookMs + HTTP_MARGIN_MS, retries: 0 };
  const params = longPoll === "from a tip" ? [lookMs, tip.hash] : [lookMs];
  try {
    await firstOf([
      rpc.call("waitfornewblock", params, options),
      untilMoved(rpc, tip, untilDone),
      ...(zmq === undefined ? [] : [zmq.wait(lookMs, untilDone)]),
    ]);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    listening.longPoll = "none";
  } finally {
    done.abort();
  }
}

/** Where the node waits from now on, a tip that moved just before would be noticed only with the next one. */
async function untilMoved(rpc: CoreRpc, tip: BlockRef, signal: AbortSignal): Promise<void> {
  const best = await ask(rpc, { method: "getbestblockhash", schema: hashSchema, signal });
  if (best === tip.hash) await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
}

/** The others are aborted after it, and what they then throw is of no interest. */
async function firstOf(all: readonly Promise<unknown>[]): Promise<void> {
  for (const each of all) each.catch(() => {});
  await Promise.race(all);
}

/** The user's rpcwhitelist may have been changed, or the node be another version, since it was asked. */
function isRefusal(error: unknown): boolean {
  return codeOf(error) === "CHAIN_RPC_FORBIDDEN" || (error instanceof AppError && rpcCodeOf(error) !== undefined);
}
