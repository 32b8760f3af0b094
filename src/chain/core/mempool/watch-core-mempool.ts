import { listChanged, Mempool, type MempoolSnapshot, takeSnapshot, type Txid } from "#bitcoin";
import { AppError, pause } from "#lib";
import { fetchEntries, type MempoolNode, resultOf } from "./fetch-entries.ts";
import {
  type NodeListing,
  type NodeMempoolInfo,
  type NodeTip,
  readListing,
  readMempoolInfo,
  readTip,
} from "./mempool-replies.ts";
import { openSequenceFeed, type SequenceFeed } from "./sequence-feed.ts";
import type { SequenceMessage } from "./sequence-message.ts";

export type CoreMempoolOptions = MempoolNode & {
  /** Where the node publishes `sequence`; without it the list of all transaction ids is compared each time. */
  readonly zmqEndpoint?: string | undefined;
  /** Between two looks. */
  readonly intervalMs: number;
  /** Unix seconds. */
  readonly clock: () => number;
  readonly signal: AbortSignal;
  /** The node does not answer now and is asked again, or it refuses, which is then thrown. */
  readonly onTrouble?: (error: AppError) => void;
};

type Watch = {
  readonly node: MempoolNode;
  readonly feed: SequenceFeed | undefined;
  readonly mempool: Mempool;
  readonly signal: AbortSignal;
  /** Number of the next change that is not in the mempool yet; `undefined`: the list has to be read. */
  nextSequence: number | undefined;
};

const LISTING_TIMEOUT_MS = 60_000;
const LONGEST_WAIT_MS = 60_000;

/** Our count may be off by what came and went between two answers, by so many or such a part. */
const COUNT_TOLERANCE = 20;
const COUNT_TOLERANCE_PART = 0.01;

/**
 * What waits in a Bitcoin Core node, every few seconds until the signal is aborted. As Core's `doc/zmq.md` advises:
 * first subscribe to what changes, then read the list of all, then apply the changes that are not in the list; what was
 * missed is found by comparing with the list again. While the node loads its mempool there is nothing to tell.
 * @throws AppError where the node refuses, so that asking again makes no sense
 */
export async function* watchCoreMempool(options: CoreMempoolOptions): AsyncGenerator<MempoolSnapshot> {
  const { rpc, url, zmqEndpoint, intervalMs, clock, signal, onTrouble } = options;
  const feed = zmqEndpoint === undefined ? undefined : openSequenceFeed(zmqEndpoint);
  const node = { rpc, url };
  const mempool = new Mempool();
  const watch: Watch = { node, feed, mempool, signal, nextSequence: undefined };
  let failures = 0;
  try {
    while (!signal.aborted) {
      try {
        const seen = await look(watch);
        failures = 0;
        if (seen !== undefined && !signal.aborted) {
          yield takeSnapshot(mempool, { time: clock(), tip: seen.tip, minFeeRate: seen.info.minFeeRate });
        }
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof AppError)) throw error;
        onTrouble?.(error);
        if (!error.retryable) throw error;
        watch.nextSequence = undefined;
        failures += 1;
      }
      await pause(Math.min(intervalMs * 2 ** failures, Math.max(intervalMs, LONGEST_WAIT_MS)), signal);
    }
  } finally {
    feed?.close();
  }
}

type Seen = { readonly info: NodeMempoolInfo; readonly tip: NodeTip };

/** Brings the mempool up to date; `undefined` while the node is loading its own. */
async function look(watch: Watch): Promise<Seen | undefined> {
  const { mempool, node, signal, feed } = watch;
  // Before the list is asked for: what is taken here is older than the list.
  const { messages, lost } = feed?.take() ?? { messages: [], lost: true };
  const next = lost ? undefined : followedBy(messages, watch.nextSequence);
  const { listing, ...seen } = await ask(watch, next === undefined);
  if (!seen.info.loaded) {
    watch.nextSequence = undefined;
    return undefined;
  }
  const wanted = listing === undefined ? apply(watch, messages) : mempool.keepOnly(listing.txids);
  await fetchEntries(node, mempool, { txids: wanted, signal });
  if (mempool.reportsChunks && mempool.observed) {
    const fetched = new Set(wanted);
    const kin = listChanged(mempool).filter((txid) => !fetched.has(txid));
    await fetchEntries(node, mempool, { txids: kin, signal });
  }
  watch.nextSequence = isOff(mempool.size, seen.info.count) ? undefined : (listing?.sequence ?? next);
  return seen;
}

/** The number that comes after these messages, if they follow each other from `next` on and no block is among them. */
function followedBy(messages: readonly SequenceMessage[], next: number | undefined): number | undefined {
  let expected = next;
  for (const message of messages) {
    if (message.kind === "chain") return undefined;
    if (expected === undefined || message.sequence > expected) return undefined;
    if (message.sequence === expected) expected += 1;
  }
  return expected;
}

/** Returns what came and is not gone again. Changes that are in the list already are left out. */
function apply({ mempool, nextSequence = 0 }: Watch, messages: readonly SequenceMessage[]): Txid[] {
  const wanted = new Set<Txid>();
  for (const message of messages) {
    if (message.kind === "chain" || message.sequence < nextSequence) continue;
    if (message.kind === "added") wanted.add(message.txid);
    else {
      wanted.delete(message.txid);
      mempool.remove(message.txid);
    }
  }
  return [...wanted];
}

function isOff(ours: number, theirs: number): boolean {
  return Math.abs(ours - theirs) > Math.max(COUNT_TOLERANCE, theirs * COUNT_TOLERANCE_PART);
}

type Answers = Seen & { readonly listing: NodeListing | undefined };

/** One request, so that the answers are of nearly one moment. */
async function ask({ node, signal }: Watch, withListing: boolean): Promise<Answers> {
  const calls = [
    { method: "getmempoolinfo", params: [] },
    { method: "getblockchaininfo", params: [] },
    ...(withListing ? [{ method: "getrawmempool", params: [false, true] }] : []),
  ];
  const replies = await node.rpc.batch(calls, { signal, timeoutMs: LISTING_TIMEOUT_MS });
  const [info, tip, listing] = calls.map((call, index) => resultOf(node, call, replies[index]));
  return {
    info: readMempoolInfo(info),
    tip: readTip(tip),
    listing: withListing ? readListing(listing) : undefined,
  };
}
