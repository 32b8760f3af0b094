import type { MempoolSnapshot, ProjectedBlock } from "#bitcoin";
import { type AppError, pause } from "#lib";
import { LatestNews } from "./latest-news.ts";
import { readMessage, type ServerBlock, type ServerMempoolInfo, type ServerNews } from "./mempool-space-messages.ts";
import { listenToMempoolSpace, type SocketOptions } from "./mempool-space-socket.ts";
import { mempoolSpaceSocketUrl } from "./socket-url.ts";

export type MempoolSpaceOptions = Pick<SocketOptions, "quietMs" | "backoffMs"> & {
  /** Of the API or of the WebSocket. */
  readonly url: string;
  /** At least so long between two snapshots. */
  readonly intervalMs: number;
  /** Unix seconds. */
  readonly clock: () => number;
  readonly signal: AbortSignal;
  /** The connection failed or was lost, or a message was not understood; it is tried again. */
  readonly onTrouble?: (error: AppError) => void;
};

const WANTS = ["blocks", "mempool-blocks", "stats"];

const SATS_OF_BTC = 1e8;
const VBYTES_OF_KVB = 1_000;
const WEIGHT_OF_VBYTE = 4;

/**
 * How many fee rates a server tells of an ordinary block: lowest, five percent points, highest
 * (`Common.calcEffectiveFeeStatistics` of mempool 3.x).
 */
const FEE_RATES = 7;

/**
 * What waits at a mempool.space server, as it tells by its WebSocket, until the signal is aborted. It tells sums and
 * projected blocks but no transactions, so there is no histogram: from seven points of a block none can be made. These
 * points are by the number of transactions, not by weight.
 */
export async function* watchMempoolSpace(options: MempoolSpaceOptions): AsyncGenerator<MempoolSnapshot> {
  const { url, intervalMs, clock, signal, onTrouble, ...timing } = options;
  const left = new AbortController();
  const stop = AbortSignal.any([signal, left.signal]);
  const news = new LatestNews();
  let known: ServerNews = {};
  const listening = listenToMempoolSpace({
    ...timing,
    url: mempoolSpaceSocketUrl(url),
    wants: WANTS,
    signal: stop,
    onConnect: () => {
      known = {};
    },
    onMessage: (message) => {
      const read = readMessage(message);
      if (typeof read === "string") return read;
      known = { ...known, ...read };
      if (read.info !== undefined || read.blocks !== undefined) news.announce();
      return undefined;
    },
    onTrouble,
  });
  try {
    while (true) {
      await news.wait(stop);
      if (stop.aborted) return;
      const snapshot = snapshotOf(known, clock());
      if (snapshot === undefined) continue;
      yield snapshot;
      await pause(intervalMs, stop);
    }
  } finally {
    left.abort();
    await listening;
  }
}

function snapshotOf({ info, blocks, tip }: ServerNews, time: number): MempoolSnapshot | undefined {
  if (info === undefined || blocks === undefined || info.loaded === false) return undefined;
  return {
    time,
    tip: tip ?? null,
    count: info.size,
    weight: weightOf(info, blocks),
    totalFee: Math.round(info.total_fee * SATS_OF_BTC),
    minFeeRate: Math.round(info.mempoolminfee * SATS_OF_BTC) / VBYTES_OF_KVB,
    histogram: null,
    projectedBlocks: blocks.map(projectedBlockOf),
    nextBlockTxids: null,
  };
}

/** Virtual bytes that a block may have. */
const FULL_VBYTES = 1_000_000;

/** The blocks hold all that waits, to the weight unit; only where they do not, the node's count is taken, rounded up. */
function weightOf({ size, bytes }: ServerMempoolInfo, blocks: readonly ServerBlock[]): number {
  const count = blocks.reduce((sum, { nTx }) => sum + nTx, 0);
  if (count !== size) return bytes * WEIGHT_OF_VBYTE;
  return Math.round(blocks.reduce((sum, { blockVSize }) => sum + blockVSize, 0) * WEIGHT_OF_VBYTE);
}

function projectedBlockOf({ blockVSize, nTx, totalFees, feeRange, medianFee }: ServerBlock): ProjectedBlock {
  return {
    weight: Math.round(blockVSize * WEIGHT_OF_VBYTE),
    count: nTx,
    totalFee: Math.round(totalFees),
    // Older servers send other points, and of the last block, which holds all the rest, the deciles are told.
    feeRates: feeRange.length === FEE_RATES ? feeRange : [],
    medianFee,
    fullness: blockVSize / FULL_VBYTES,
  };
}
