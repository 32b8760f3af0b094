import { carryOutCommands, chainOf, IngestProgress, openPrices, stagedRecordOf } from "#ingest";
import { AppError } from "#lib";
import { claimChain, holdIngestLock, type IngestState, listRecentLinks } from "#store";
import { beat } from "./heartbeat.ts";
import type { IngestRoleOptions } from "./ingest-options.ts";
import { openWhenReached, waitingState } from "./open-when-reached.ts";
import { heightAfter, type Reading, readSource } from "./read-source.ts";
import type { RunningRole } from "./role.ts";

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
  const begun = Math.floor(Date.now() / 1_000);
  let tell: () => IngestState | undefined = () => undefined;
  const stopHeartbeat = beat(options, () => tell());
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
