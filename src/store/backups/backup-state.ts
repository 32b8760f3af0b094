import { sql } from "kysely";
import type { Database } from "../database/schema.ts";
import { ARCHIVE_SLOT } from "./log/archive-log.ts";

export type BackupState = {
  /** When whoever makes backups last saw to them. */
  readonly at: Date;
  readonly everyHours: number;
  /** The newest that was restored beside and found whole. */
  readonly newest: { readonly name: string; readonly takenAt: Date; readonly bytes: number } | undefined;
  readonly failure: { readonly reason: string; readonly at: Date } | undefined;
  /** Every moment up to this one can be gone back to. */
  readonly logUntil: Date | undefined;
  readonly logFailure: string | undefined;
  readonly copyFailure: string | undefined;
};

type Noted = {
  readonly everyHours: number;
  readonly taken?: {
    readonly name: string;
    readonly takenAt: Date;
    readonly bytes: number;
    readonly height: number | null;
  };
  readonly failure?: string;
  readonly logUntil?: Date;
  readonly logFailure?: string | null;
  readonly copyFailure?: string | null;
};

/** Notes what became of it; what is not told stays. A backup that succeeds takes back what was said of a failure. */
export async function noteBackups(db: Database, noted: Noted): Promise<void> {
  const { taken, failure } = noted;
  const at = new Date();
  const change = {
    at,
    every_hours: noted.everyHours,
    ...(taken === undefined
      ? {}
      : { name: taken.name, taken_at: taken.takenAt, bytes: taken.bytes, height: taken.height }),
    ...(taken === undefined ? {} : { failure: null, failed_at: null }),
    ...(failure === undefined ? {} : { failure, failed_at: at }),
    ...(noted.logUntil === undefined ? {} : { log_until: noted.logUntil }),
    ...(noted.logFailure === undefined ? {} : { log_failure: noted.logFailure }),
    ...(noted.copyFailure === undefined ? {} : { copy_failure: noted.copyFailure }),
  };
  await db
    .insertInto("backup_state")
    .values(change)
    .onConflict((conflict) => conflict.column("only_row").doUpdateSet(change))
    .execute();
}

/** `undefined` where no backups are scheduled. */
export async function readBackupState(db: Database): Promise<BackupState | undefined> {
  const row = await db.selectFrom("backup_state").selectAll().executeTakeFirst();
  if (row === undefined) return undefined;
  const { name, taken_at: takenAt, bytes, failure, failed_at: failedAt } = row;
  return {
    at: row.at,
    everyHours: row.every_hours,
    newest: name === null || takenAt === null || bytes === null ? undefined : { name, takenAt, bytes },
    failure: failure === null || failedAt === null ? undefined : { reason: failure, at: failedAt },
    logUntil: row.log_until ?? undefined,
    logFailure: row.log_failure ?? undefined,
    copyFailure: row.copy_failure ?? undefined,
  };
}

/** No backups are scheduled any more, so nobody is to wait for one, and no log is to be kept for them. */
export async function endBackups(db: Database): Promise<void> {
  await db.deleteFrom("backup_state").execute();
  await sql`SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
    WHERE slot_name = ${ARCHIVE_SLOT} AND NOT active`.execute(db);
}
