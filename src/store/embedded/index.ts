/** The PostgreSQL that comes along, started on a data directory; backups of it, and of another one by `pg_dump`. */
export { endBackups, readBackupState, type BackupState } from "../backups/backup-state.ts";
export type { Restored } from "../backups/check-restored.ts";
export { openBucket } from "../backups/bucket/bucket-client.ts";
export { fetchBackup } from "../backups/bucket/fetch-backup.ts";
export { restoreDump } from "../backups/dump/restore-dump.ts";
export { type BackupPlan, keepBackups } from "../backups/keep-backups.ts";
export { chooseRestore } from "../backups/log/choose-restore.ts";
export { LOG_DIRECTORY } from "../backups/log/log-directory.ts";
export { makeBackup } from "../backups/make-backup.ts";
export { readManifest } from "../backups/manifest.ts";
export { restoreBackup } from "../backups/restore-backup.ts";
export { rotateBackups } from "../backups/rotate-backups.ts";
export { verifyBackup } from "../backups/verify-backup.ts";
export { startEmbeddedPostgres } from "./start-embedded-postgres.ts";
