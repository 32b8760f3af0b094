import type { MempoolSnapshot } from "#bitcoin";
import {
  type ChainLink,
  type ChainSource,
  type FollowableSource,
  openSource,
  type SourceHealth,
  type SourceOptions,
  type SourceSpec,
} from "#chain";
import {
  chainOf,
  followChain,
  IngestProgress,
  ingestSet,
  MempoolRecorder,
  openPrices,
  type PriceFile,
  type ProcessPrices,
  type PricesOptions,
  type SetProgress,
  watchMempool,
} from "#ingest";
import { AppError, messageOf, untilAborted } from "#lib";
import { claimChain, holdIngestLock, listRecentLinks, writeHeartbeat } from "#store";
import type { RoleDeps, RunningRole } from "./role.ts";

const HEARTBEAT_MS = 1_000;

export type IngestRoleOptions = RoleDeps & {
  readonly spec: SourceSpec;
  readonly sourceOptions: Omit<SourceOptions, "resumeFrom">;
  /** Days of the source's clock for which what waits is kept. */
  readonly mempoolRetentionDays: number;
  readonly prices?: RolePrices | undefined;
  /** Called once with what the source turned out to be. */
  readonly onOpened: (source: Pick<ChainSource, "kind" | "description">) => void;
  /** Called when the source does worse or better than before. */
  readonly onHealth: (health: SourceHealth) => void;
  /** Called whenever blocks were stored, and at start with what there is to do. */
  readonly onProgress: (progress: { readonly done: number; readonly total: number }) => void;
};

/** What the amounts of blocks are told in, and who hears how far that is known. */
type RolePrices = { readonly file: PriceFile } & Pick<PricesOptions, "onProgress" | "onUnknown">;

/** Reads the source, catches up with its tip and follows it. One per database. */
export async function startIngestRole(options: IngestRoleOptions): Promise<RunningRole> {
  const { db } = options;
  const lock = await holdIngestLock(options.connection);
  const abort = new AbortController();
  lock.lost.addEventListener("abort", () => abort.abort());
  const run = async (): Promise<void> => {
    const held = await listRecentLinks(db, options.sourceOptions.finality + 1);
    const source = await openSource(options.spec, { ...options.sourceOptions, resumeFrom: held.at(-1) });
    const progress = new IngestProgress(source);
    const stopHeartbeat = beat(options, progress);
    try {
      options.onOpened(source);
      await claimChain(db, chainOf(source));
      const { signal } = abort;
      const firstHeight = heightAfter(held, source);
      const prices = options.prices && (await openPrices({ ...options.prices, db, source, firstHeight, signal }));
      await readSource({ ...options, source, held, progress, signal, prices });
      if (lock.lost.aborted) throw new AppError("ROLES_DATABASE_LOST", "the connection to the database was lost");
    } finally {
      stopHeartbeat();
      await source.close();
      await lock.release();
    }
  };
  const finished = run();
  return {
    finished,
    stop: async () => {
      abort.abort();
      await finished.catch(() => {
        // Whoever started the role hears of the failure through `finished`.
      });
    },
  };
}

function beat({ db, logger, onHealth }: IngestRoleOptions, progress: IngestProgress): () => void {
  let told: SourceHealth = { state: "healthy", reason: null };
  const timer = setInterval(() => {
    progress.measureRate();
    const state = progress.state();
    const health = state.sourceHealth;
    if (health.state !== told.state || withoutNumbers(health.reason) !== withoutNumbers(told.reason)) {
      logger.warn(health, "the source");
      onHealth(health);
      told = health;
    }
    writeHeartbeat(db, "ingest", state).catch((error: unknown) => {
      logger.warn({ reason: messageOf(error) }, "the heartbeat could not be written");
    });
  }, HEARTBEAT_MS);
  return () => clearInterval(timer);
}

/** A height or percentage that moves on is no news. */
function withoutNumbers(reason: string | null): string | undefined {
  return reason?.replace(/\d[\d,.]*/g, "");
}

/** Of the first block that will be read of a chain. */
function heightAfter(held: readonly ChainLink[], source: ChainSource): number {
  const last = held.at(-1);
  if (last !== undefined) return last.height + 1;
  return source.kind === "chain" ? source.firstHeight : 0;
}

type Reading = Omit<IngestRoleOptions, "prices"> & {
  readonly prices: ProcessPrices | undefined;
  readonly source: ChainSource;
  /** The newest blocks of the store. */
  readonly held: readonly ChainLink[];
  readonly progress: IngestProgress;
  readonly signal: AbortSignal;
};

async function readSource(reading: Reading): Promise<void> {
  const { source, db, prices, signal } = reading;
  if (source.kind === "chain") return readChain(reading, source);
  const onProgress = (progress: SetProgress): void => report(reading, { ...progress, tipHeight: null });
  await ingestSet({ source, db, prices, signal, onProgress });
  // A set brings nothing more, but the role stays and says so with its heartbeats.
  return untilAborted(signal);
}

async function readChain(reading: Reading, source: FollowableSource): Promise<void> {
  const { db, held, prices, logger, progress } = reading;
  const tipHeight = await source.tipHeight();
  const start = heightAfter(held, source) - 1;
  const total = Math.max(0, tipHeight - start);
  report(reading, { done: 0, total, tipHeight });
  const onStored = (height: number, tip: number): void =>
    report(reading, { done: height - start, total, tipHeight: tip });
  const ended = new AbortController();
  const signal = AbortSignal.any([reading.signal, ended.signal]);
  const recorder = await MempoolRecorder.open({ db, retentionDays: reading.mempoolRetentionDays, logger });
  const onSnapshot = async (mempool: MempoolSnapshot): Promise<void> => {
    progress.sawMempool(mempool);
    await recorder.take(mempool);
  };
  const watching = watchMempool({ source, logger, signal, onSnapshot });
  try {
    await followChain({ source, db, held, prices, onStored, recorder, logger, signal });
  } finally {
    ended.abort();
    await watching;
  }
}

type Work = { readonly done: number; readonly total: number; readonly tipHeight: number | null };

function report({ progress, onProgress }: Reading, { done, total, tipHeight }: Work): void {
  const work = { done: Math.min(done, total), total };
  progress.update({ blocksDone: work.done, blocksTotal: total }, tipHeight);
  onProgress(work);
}
