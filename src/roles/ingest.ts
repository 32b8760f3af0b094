import type { MempoolSnapshot } from "#bitcoin";
import {
  type ChainLink,
  type ChainSource,
  type FollowableSource,
  type SourceHealth,
  type SourceOptions,
  type SourceSpec,
} from "#chain";
import { chainOf, followChain, type FollowOptions, IngestProgress, ingestSet, watchMempool } from "#ingest";
import { AppError, messageOf, untilAborted } from "#lib";
import { claimChain, getTip, holdIngestLock, type IngestState, listRecentLinks, writeHeartbeat } from "#store";
import { openWhenReached, waitingState } from "./open-when-reached.ts";
import type { RoleDeps, RunningRole } from "./role.ts";

const HEARTBEAT_MS = 1_000;

export type IngestRoleOptions = RoleDeps & {
  readonly spec: SourceSpec;
  readonly sourceOptions: Omit<SourceOptions, "resumeFrom">;
  /** Called once with what the source turned out to be. */
  readonly onOpened: (source: Pick<ChainSource, "kind" | "description">) => void;
  /** Called when the source does worse or better than before. */
  readonly onHealth: (health: SourceHealth) => void;
  /** Called whenever blocks were stored, and at start with what there is to do. */
  readonly onProgress: (progress: { readonly done: number; readonly total: number }) => void;
};

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
      await readSource({ ...options, source, held, progress, signal });
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
    if (health.state !== told.state || withoutNumbers(health.reason) !== withoutNumbers(told.reason)) {
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

/** A height or percentage that moves on is no news. */
function withoutNumbers(reason: string | null): string | undefined {
  return reason?.replace(/\d[\d,.]*/g, "");
}

type Reading = IngestRoleOptions & {
  readonly source: ChainSource;
  /** The newest blocks of the store. */
  readonly held: readonly ChainLink[];
  readonly progress: IngestProgress;
  readonly signal: AbortSignal;
};

async function readSource(reading: Reading): Promise<void> {
  const { source, db, signal } = reading;
  if (source.kind === "chain") return readChain(reading, source);
  await ingestSet({ source, db, signal, onProgress: (progress) => report(reading, { ...progress, tipHeight: null }) });
  // A set brings nothing more, but the role stays and says so with its heartbeats.
  return untilAborted(signal);
}

async function readChain(reading: Reading, source: FollowableSource): Promise<void> {
  const { db, held, logger, progress } = reading;
  const tipHeight = await source.tipHeight();
  const start = held.at(-1)?.height ?? source.firstHeight - 1;
  const total = Math.max(0, tipHeight - start);
  const stored = await getTip(db);
  if (stored !== undefined) progress.sawBlock(stored);
  report(reading, { done: 0, total, tipHeight });
  const onStored: FollowOptions["onStored"] = (newest, tip) => {
    progress.sawBlock(newest);
    report(reading, { done: newest.height - start, total, tipHeight: tip });
  };
  const ended = new AbortController();
  const signal = AbortSignal.any([reading.signal, ended.signal]);
  const onSnapshot = (mempool: MempoolSnapshot): void => progress.sawMempool(mempool);
  const watching = watchMempool({ source, logger, signal, onSnapshot, onLost: () => progress.lostMempool() });
  try {
    await followChain({ source, db, held, onStored, logger, signal });
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
