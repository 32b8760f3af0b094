import { carryOutCommands, chainOf, IngestProgress, openPrices, stagedRecordOf } from "#ingest";
import type { ChainSource } from "#chain";
import { AppError, pause, untilAborted } from "#lib";
import { claimChain, holdIngestLock, type IngestState, listRecentLinks } from "#store";
import { beat } from "./heartbeat.ts";
import type { IngestRoleOptions } from "./ingest-options.ts";
import { openWhenReached, waitingState } from "./open-when-reached.ts";
import { heightAfter, readSource } from "./read-source.ts";
import type { RunningRole } from "./role.ts";

/** A server that ends cuts off all connections within it. */
const LOST_WITHIN_MS = 500;

/** Reads the source, catches up with its tip and follows it. One per database. */
export async function startIngestRole(options: IngestRoleOptions): Promise<RunningRole> {
  const lock = await holdIngestLock(options.connection);
  const abort = new AbortController();
  lock.lost.addEventListener("abort", () => abort.abort());
  const run = async (): Promise<void> => {
    try {
      await openAndRead(options, abort.signal);
      if (lock.lost.aborted) throw databaseLost();
    } catch (error) {
      // What was being stored fails with whatever is left of its connection, and often a moment before the lock.
      if (!(error instanceof AppError) && (await isLostSoon(lock.lost))) throw databaseLost(error);
      throw error;
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

async function isLostSoon(lost: AbortSignal): Promise<boolean> {
  await Promise.race([untilAborted(lost), pause(LOST_WITHIN_MS, new AbortController().signal)]);
  return lost.aborted;
}

function databaseLost(cause?: unknown): AppError {
  const details = cause === undefined ? {} : { cause };
  return new AppError("ROLES_DATABASE_LOST", "the connection to the database was lost", details);
}

async function openAndRead(options: IngestRoleOptions, signal: AbortSignal): Promise<void> {
  const { db, spec, sourceOptions } = options;
  const held = await listRecentLinks(db, sourceOptions.finality + 1);
  const begun = Math.floor(Date.now() / 1_000);
  let tell: () => IngestState | undefined = () => undefined;
  let opened: ChainSource | undefined;
  const stopHeartbeat = beat(options, () => tell());
  const stopCommands = takeCommands(options, () => opened, signal);
  try {
    const source = await openWhenReached({
      spec,
      options: { ...sourceOptions, resumeFrom: held.at(-1), record: stagedRecordOf(db) },
      onSilence: (reason) => {
        tell = () => waitingState(spec, reason, begun);
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
      opened = source;
      await readSource({ ...options, source, held, progress, signal, prices });
    } finally {
      opened = undefined;
      await stopCommands();
      await source.close();
    }
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
  } finally {
    await stopCommands();
    stopHeartbeat();
  }
}

/** Carries out what is asked until the function is called that it returns: also while the source is waited for. */
function takeCommands(
  { db, connection, setUp, logger }: IngestRoleOptions,
  source: () => ChainSource | undefined,
  signal: AbortSignal,
): () => Promise<void> {
  const ended = new AbortController();
  const untilEnded = AbortSignal.any([signal, ended.signal]);
  const carrying = carryOutCommands({ db, connection, source, setUp, logger, signal: untilEnded });
  return () => {
    ended.abort();
    return carrying;
  };
}
