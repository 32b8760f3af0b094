import type { MempoolSnapshot } from "#bitcoin";
import {
  type ChainLink,
  type ChainSource,
  type FollowableSource,
  isSameHealth,
  type SourceHealth,
  type SourceOptions,
  type SourceSpec,
} from "#chain";
import {
  carryOutCommands,
  chainOf,
  followChain,
  type FollowOptions,
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
import {
  claimChain,
  countRows,
  getTip,
  holdIngestLock,
  type IngestState,
  listRecentLinks,
  writeHeartbeat,
} from "#store";
import { openWhenReached, waitingState } from "./open-when-reached.ts";
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
  /** Called when fewer blocks are stored than `historyBlocks` asks for now: they count at first start alone. */
  readonly onShortHistory: (firstStored: number) => void;
  /** Called when the source does worse or better than before. */
  readonly onHealth: (health: SourceHealth) => void;
  /** Called whenever blocks were stored, and at start with what there is to do. */
  readonly onProgress: (progress: { readonly done: number; readonly total: number }) => void;
};

/** What the amounts of blocks are told in, and who hears how far that is known. */
type RolePrices = { readonly file: PriceFile } & Pick<PricesOptions, "onProgress" | "onUnknown">;

/** Reads the source, catches up with its tip and follows it. One per database. */
export async function startIngestRole(options: IngestRoleOptions): Promise<RunningRole> {
  const lock = await holdIngestLock(options.connection);
  const abort = new AbortController();
  lock.lost.addEventListener("abort", () => abort.abort());
  const run = async (): Promise<void> => {
    try {
      await openAndRead(options, abort.signal);
      if (lock.lost.aborted) throw new AppError("ROLES_DATABASE_LOST", "the connection to the database was lost");
    } finally {
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

async function openAndRead(options: IngestRoleOptions, signal: AbortSignal): Promise<void> {
  const { db, spec, sourceOptions } = options;
  const held = await listRecentLinks(db, sourceOptions.finality + 1);
  let tell: () => IngestState | undefined = () => undefined;
  const stopHeartbeat = beat(options, () => tell());
  try {
    const source = await openWhenReached({
      spec,
      options: { ...sourceOptions, resumeFrom: held.at(-1) },
      onSilence: (reason) => {
        tell = () => waitingState(spec, reason);
      },
      signal,
    });
    const progress = new IngestProgress(source);
    tell = () => {
      progress.measureRate();
      return progress.state();
    };
    try {
      options.onOpened(source);
      await claimChain(db, chainOf(source));
      const firstHeight = heightAfter(held, source);
      const prices = options.prices && (await openPrices({ ...options.prices, db, source, firstHeight, signal }));
      await takingCommands({ ...options, source, held, progress, signal, prices });
    } finally {
      await source.close();
    }
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
  } finally {
    stopHeartbeat();
  }
}

/** `tell` gives `undefined` while there is nothing to say yet. */
function beat({ db, logger, onHealth }: IngestRoleOptions, tell: () => IngestState | undefined): () => void {
  let told: SourceHealth = { state: "healthy", reason: null };
  const timer = setInterval(() => {
    const state = tell();
    if (state === undefined) return;
    const health = state.sourceHealth;
    if (!isSameHealth(health, told)) {
      logger[health.state === "healthy" ? "info" : "warn"](health, "the source");
      onHealth(health);
      told = health;
    }
    writeHeartbeat(db, "ingest", state).catch((error: unknown) => {
      logger.warn({ reason: messageOf(error) }, "the heartbeat could not be written");
    });
  }, HEARTBEAT_MS);
  return () => clearInterval(timer);
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

/** Reads the source and, as long as it does, carries out what is asked of it. */
async function takingCommands(reading: Reading): Promise<void> {
  const { db, connection, source, logger } = reading;
  const ended = new AbortController();
  const signal = AbortSignal.any([reading.signal, ended.signal]);
  const carrying = carryOutCommands({ db, connection, source, logger, signal });
  try {
    await readSource(reading);
  } finally {
    ended.abort();
    await carrying;
  }
}

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
  const stored = await getTip(db);
  if (stored?.connected === true) {
    progress.sawBlock(stored);
    const firstStored = stored.height - (await countRows(db)).blocks + 1;
    if (source.firstHeight < firstStored) reading.onShortHistory(firstStored);
  }
  report(reading, { done: 0, total, tipHeight });
  const onStored: FollowOptions["onStored"] = (newest, tip) => {
    progress.sawBlock(newest);
    report(reading, { done: newest.height - start, total, tipHeight: tip });
  };
  const ended = new AbortController();
  const signal = AbortSignal.any([reading.signal, ended.signal]);
  const recorder = await MempoolRecorder.open({ db, retentionDays: reading.mempoolRetentionDays, logger });
  const onSnapshot = async (mempool: MempoolSnapshot): Promise<void> => {
    progress.sawMempool(mempool);
    await recorder.take(mempool);
  };
  const watching = watchMempool({ source, logger, signal, onSnapshot, onLost: () => progress.lostMempool() });
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
