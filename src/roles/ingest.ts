import { type BlockRef, type ChainSource, openSource, type SourceOptions, type SourceSpec } from "#chain";
import { chainOf, followChain, IngestProgress, ingestSet } from "#ingest";
import { AppError, messageOf, untilAborted } from "#lib";
import { claimChain, getCursor, holdIngestLock, writeHeartbeat } from "#store";
import type { RoleDeps, RunningRole } from "./role.ts";

const HEARTBEAT_MS = 1_000;

export type IngestRoleOptions = RoleDeps & {
  readonly spec: SourceSpec;
  readonly sourceOptions: Omit<SourceOptions, "resumeFrom">;
  /** Called whenever blocks were stored, and at start with what there is to do. */
  readonly onProgress: (progress: { readonly done: number; readonly total: number }) => void;
};

/** Reads the source, catches up with its tip and follows it. One per database. */
export async function startIngestRole(options: IngestRoleOptions): Promise<RunningRole> {
  const { db } = options;
  const lock = await holdIngestLock(options.connection);
  const abort = new AbortController();
  lock.lost.addEventListener("abort", () => abort.abort());
  const run = async (): Promise<void> => {
    const from = await getCursor(db);
    const source = await openSource(options.spec, { ...options.sourceOptions, resumeFrom: from });
    const progress = new IngestProgress(source);
    const stopHeartbeat = beat(options, progress);
    try {
      await claimChain(db, chainOf(source));
      await readSource({ ...options, source, from, progress, signal: abort.signal });
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

function beat({ db, logger }: RoleDeps, progress: IngestProgress): () => void {
  const timer = setInterval(() => {
    progress.measureRate();
    writeHeartbeat(db, "ingest", progress.state()).catch((error: unknown) => {
      logger.warn({ reason: messageOf(error) }, "the heartbeat could not be written");
    });
  }, HEARTBEAT_MS);
  return () => clearInterval(timer);
}

type Reading = IngestRoleOptions & {
  readonly source: ChainSource;
  /** Where the store stands. */
  readonly from: BlockRef | undefined;
  readonly progress: IngestProgress;
  readonly signal: AbortSignal;
};

async function readSource({ source, from, db, logger, progress, signal, onProgress }: Reading): Promise<void> {
  const tell = (done: number, total: number, tipHeight: number | null): void => {
    const work = { done: Math.min(done, total), total };
    progress.update({ blocksDone: work.done, blocksTotal: total }, tipHeight);
    onProgress(work);
  };
  if (source.kind === "set") {
    await ingestSet({ source, db, signal, onProgress: ({ done, total }) => tell(done, total, null) });
    // A set brings nothing more, but the role stays and says so with its heartbeats.
    await untilAborted(signal);
    return;
  }
  const start = from?.height ?? -1;
  const tipHeight = await source.tipHeight();
  const total = Math.max(0, tipHeight - start);
  tell(0, total, tipHeight);
  const onStored = (height: number): void => tell(height - start, total, Math.max(height, tipHeight));
  await followChain({ source, db, from, liveFrom: tipHeight, onStored, logger, signal });
}
