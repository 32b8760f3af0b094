import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { Client } from "pg";
import { codeOf, keepDoing, type Logger, messageOf, pause } from "#lib";
import { BACKUP_LOCK, LOCK_SPACE } from "../database/advisory-locks.ts";
import { clientConfig, type Connection } from "../database/connection.ts";
import type { Database } from "../database/schema.ts";
import { noteBackups } from "./backup-state.ts";
import { type Bucket, openBucket } from "./bucket/bucket-client.ts";
import { copyToBucket } from "./bucket/copy-to-bucket.ts";
import { isBackupDue } from "./is-backup-due.ts";
import { listBackups } from "./list-backups.ts";
import { type Archived, archiveLog } from "./log/archive-log.ts";
import { goesOn } from "./log/choose-restore.ts";
import { LOG_DIRECTORY } from "./log/log-directory.ts";
import { tidyLog } from "./log/tidy-log.ts";
import { makeBackup } from "./make-backup.ts";
import { rotateBackups } from "./rotate-backups.ts";
import { verifyBackup } from "./verify-backup.ts";

/** From one copy of what was added to the log of changes to the next: so much may be lost with a disk. */
const LOOK_MS = 30_000;

/** From one copy to the bucket to the next. */
const COPY_MS = 15 * 60_000;

/** Before the next try where a backup failed. */
const RETRY_MS = 10 * 60_000;

export type BackupPlan = {
  /** Backups stand in it, each in a directory of its own, and the log of changes beside them. */
  readonly toDir: string;
  readonly everyHours: number;
  /** So many of the newest stay. */
  readonly keep: number;
  /** To which all of it is copied; `undefined`: to none. */
  readonly bucket?: Bucket | undefined;
};

type Keeping = BackupPlan & {
  readonly db: Database;
  readonly connection: Connection;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly sharedDir?: string;
  readonly lookMs?: number;
};

/**
 * Archives the log of changes, makes a backup whenever the newest is old, restores it beside, and removes the oldest, until
 * the signal is aborted. Of several processes on one database one does so.
 */
export async function keepBackups(keeping: Keeping): Promise<void> {
  const { signal, logger, lookMs = LOOK_MS } = keeping;
  while (!signal.aborted) {
    try {
      await keepAlone(keeping);
    } catch (error) {
      if (!signal.aborted) logger.warn({ reason: messageOf(error) }, "backups could not be seen to");
    }
    await pause(lookMs, signal);
  }
}

/** Returns at once where another process sees to them. @throws Error where the connection is lost, and the lock with it */
async function keepAlone(keeping: Keeping): Promise<void> {
  const client = new Client({ ...clientConfig(keeping.connection), application_name: "utxoiq backups" });
  const lost = new AbortController();
  for (const event of ["error", "end"] as const) client.on(event, () => lost.abort());
  const signal = AbortSignal.any([keeping.signal, lost.signal]);
  await client.connect();
  try {
    const { rows } = await client.query<{ held: boolean }>("SELECT pg_try_advisory_lock($1, $2) AS held", [
      LOCK_SPACE,
      BACKUP_LOCK,
    ]);
    if (rows[0]?.held === true) await tendAndCopy({ ...keeping, signal }, client);
    if (lost.signal.aborted) throw new Error("the connection to the database was lost");
  } finally {
    await client.end();
  }
}

/** The log goes on being archived while much is copied. */
async function tendAndCopy(keeping: Keeping, client: Client): Promise<void> {
  const ended = new AbortController();
  const signal = AbortSignal.any([keeping.signal, ended.signal]);
  const copying = keeping.bucket === undefined ? undefined : keepCopied({ ...keeping, bucket: keeping.bucket, signal });
  try {
    await tend(keeping, client);
  } finally {
    ended.abort();
    await copying;
  }
}

/** What could not be copied is tried again with what has come since. */
async function keepCopied(keeping: Keeping & { readonly bucket: Bucket }): Promise<void> {
  const { db, everyHours, toDir, keep, logger, signal, lookMs } = keeping;
  const bucket = openBucket(keeping.bucket);
  const copy = async (): Promise<{ more: boolean }> => {
    try {
      const done = await copyToBucket({ bucket, toDir, keep, signal });
      await noteBackups(db, { everyHours, copyFailure: null });
      logger.info({ ...done }, "backups copied to the bucket");
    } catch (error) {
      if (signal.aborted) return { more: false };
      logger.error({ code: codeOf(error), reason: messageOf(error) }, "backups could not be copied to the bucket");
      await noteBackups(db, { everyHours, copyFailure: messageOf(error) });
    }
    return { more: false };
  };
  const onFailure = (error: unknown): void =>
    logger.warn({ reason: messageOf(error) }, "how the copying went could not be noted");
  await keepDoing(copy, { everyMs: lookMs ?? COPY_MS, signal, onFailure });
}

async function tend(keeping: Keeping, client: Client): Promise<void> {
  const { db, toDir, everyHours, signal, lookMs = LOOK_MS } = keeping;
  let retryAt = 0;
  // Whether the log goes on from the newest backup is known when it was looked at once.
  let follows: boolean | undefined;
  while (!signal.aborted) {
    // Of another server the log is its provider's.
    const archived = "connectionString" in keeping.connection ? undefined : await archive(keeping, client);
    if (archived !== undefined) {
      // A restored database has a log of its own, which follows on none of the backups before. And whoever began the log
      // anew may have ended before the backup that has to follow.
      follows = archived.anew ? false : (follows ?? (await goesOn(toDir, archived.timeline)));
      // Before that backup is there, there is nothing that the log could be replayed on.
      await noteBackups(db, { everyHours, logFailure: null, ...(follows && { logUntil: archived.until }) });
    }
    const due = follows === false || (await isBackupDue(toDir, everyHours, Date.now()));
    if (due && Date.now() >= retryAt && !signal.aborted) {
      if (await backUp(keeping)) follows = true;
      else retryAt = Date.now() + RETRY_MS;
    }
    await pause(lookMs, signal);
  }
}

/** `undefined` where it could not be; the next time is soon, and the server keeps the log until then. */
async function archive(keeping: Keeping, client: Client): Promise<Archived | undefined> {
  const { db, logger, toDir, everyHours, signal } = keeping;
  try {
    return await archiveLog(client, join(toDir, LOG_DIRECTORY));
  } catch (error) {
    if (signal.aborted) return undefined;
    logger.error({ code: codeOf(error), reason: messageOf(error) }, "the log of changes could not be archived");
    await noteBackups(db, { everyHours, logFailure: messageOf(error) });
    return undefined;
  }
}

async function backUp(keeping: Keeping): Promise<boolean> {
  const { db, everyHours, keep, toDir, logger, signal } = keeping;
  try {
    await mkdir(toDir, { recursive: true });
    const taken = await makeVerified(keeping);
    await noteBackups(db, { everyHours, taken });
    logger.info({ ...taken }, "backed up, and restored beside to see that it is whole");
    const removed = await rotateBackups(toDir, keep);
    const manifests = (await listBackups(toDir)).map(({ manifest }) => manifest);
    const segments = await tidyLog(join(toDir, LOG_DIRECTORY), manifests);
    if (removed.length > 0) logger.info({ removed, segments, keep }, "old backups removed");
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    logger.error({ code: codeOf(error), reason: messageOf(error) }, "the backup failed");
    await noteBackups(db, { everyHours, failure: messageOf(error) });
    return false;
  }
}

type Taken = {
  readonly name: string;
  readonly takenAt: Date;
  readonly bytes: number;
  readonly height: number | null;
};

async function makeVerified({ connection, toDir, signal, sharedDir }: Keeping): Promise<Taken> {
  let height: number | null = null;
  // What cannot be restored, or was not tried, must not take the place of what can.
  const verify = async (dir: string): Promise<void> => {
    ({ height } = await verifyBackup(dir, { sharedDir, signal }));
  };
  const { dir, manifest } = await makeBackup({ connection, toDir, verify, signal });
  return { name: basename(dir), takenAt: new Date(manifest.finishedAt), bytes: manifest.bytes, height };
}
