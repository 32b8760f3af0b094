import type { MempoolSnapshot } from "#bitcoin";
import type { ChainLink, ChainSource, FollowableSource } from "#chain";
import {
  followChain,
  type FollowOptions,
  type IngestProgress,
  ingestSet,
  keepRollups,
  LiveInsights,
  MempoolRecorder,
  Predictions,
  ProcessingRecorder,
  type ProcessPrices,
  publishBriefs,
  type SetProgress,
  watchMempool,
  wordLiveInsights,
} from "#ingest";
import { untilAborted } from "#lib";
import { countRows, getTip } from "#store";
import type { IngestRoleOptions } from "./ingest-options.ts";

export type Reading = Omit<IngestRoleOptions, "prices"> & {
  readonly prices: ProcessPrices | undefined;
  readonly source: ChainSource;
  /** The newest blocks of the store. */
  readonly held: readonly ChainLink[];
  readonly progress: IngestProgress;
  readonly signal: AbortSignal;
};

/** Stores all blocks of a set, or follows a chain, until the signal is aborted. */
export async function readSource(reading: Reading): Promise<void> {
  const { source, db, prices, publication, signal } = reading;
  if (source.kind === "chain") return readChain(reading, source);
  const onProgress = (progress: SetProgress): void => report(reading, { ...progress, tipHeight: null });
  await ingestSet({ source, db, prices, publication, signal, onProgress });
  // A set brings nothing more, but the role stays and says so with its heartbeats.
  return untilAborted(signal);
}

async function readChain(reading: Reading, source: FollowableSource): Promise<void> {
  const { db, held, prices, publication, logger, progress } = reading;
  const tipHeight = await source.tipHeight();
  const start = heightAfter(held, source) - 1;
  const total = Math.max(0, tipHeight - start);
  const stored = await getTip(db);
  if (stored?.connected === true) {
    progress.sawBlock(stored);
    const firstStored = stored.height - (await countRows(db)).blocks + 1;
    if (source.firstHeight < firstStored) reading.onShortHistory(firstStored);
  }
  report(reading, { done: 0, total, tipHeight });
  let catchingUp = total > 0;
  const onStored: FollowOptions["onStored"] = (newest, tip) => {
    catchingUp = newest.height < tip;
    progress.sawBlock(newest);
    report(reading, { done: newest.height - start, total, tipHeight: tip });
  };
  const onUndone = (blocks: number): void => progress.sawUndone(blocks);
  const ended = new AbortController();
  const signal = AbortSignal.any([reading.signal, ended.signal]);
  const recorder = await MempoolRecorder.open({ db, retentionDays: reading.mempoolRetentionDays, logger });
  const predictions = await Predictions.open({ db, source, logger });
  progress.tellMissing(() => predictions.missing());
  const insights = await LiveInsights.open(db);
  const onSnapshot = async (mempool: MempoolSnapshot): Promise<void> => {
    progress.sawMempool(mempool);
    await recorder.take(mempool);
    await predictions.look(mempool);
  };
  const watching = watchMempool({ source, logger, signal, onSnapshot, onLost: () => progress.lostMempool() });
  const publishing = publishBriefs({ db, source, logger, signal });
  const wording = wordInsights(reading, insights, signal);
  const processing = new ProcessingRecorder();
  const recording = processing.keep({ db, logger, signal });
  const rolling = keepRollups({ db, logger, signal, isCatchingUp: () => catchingUp });
  try {
    const onProcessed: FollowOptions["onProcessed"] = (blocks) => processing.take(blocks);
    const told = { onStored, onProcessed, onUndone, recorder, predictions, logger, signal };
    await followChain({ source, db, held, prices, publication, ...told });
  } finally {
    ended.abort();
    await Promise.all([watching, publishing, wording, rolling, recording]);
  }
}

/** Nobody waits for it but whoever stops the role. */
async function wordInsights(reading: Reading, insights: LiveInsights, signal: AbortSignal): Promise<void> {
  const { db, connection, writer, logger, progress } = reading;
  if (writer === undefined) return;
  progress.tellModel({ name: writer.model.name, ...writer.budget });
  await wordLiveInsights({ db, connection, writer, insights, logger, signal });
}

type Work = { readonly done: number; readonly total: number; readonly tipHeight: number | null };

function report({ progress, onProgress }: Reading, { done, total, tipHeight }: Work): void {
  const work = { done: Math.min(done, total), total };
  progress.update({ blocksDone: work.done, blocksTotal: total }, tipHeight);
  onProgress(work);
}

/** Of the first block that will be read of a chain. */
export function heightAfter(held: readonly ChainLink[], source: ChainSource): number {
  const last = held.at(-1);
  if (last !== undefined) return last.height + 1;
  return source.kind === "chain" ? source.firstHeight : 0;
}
