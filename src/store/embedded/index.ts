/** The PostgreSQL that comes along: started on a data directory, copied while it runs, restored from a copy. */
export { makeBackup } from "../backups/make-backup.ts";
export { restoreBackup, type Restored } from "../backups/restore-backup.ts";
export { rotateBackups } from "../backups/rotate-backups.ts";
export { startEmbeddedPostgres } from "./start-embedded-postgres.ts";
