/**
 * What `start` can run: each role assembles parts of the house and returns a `stop`. Roles share no memory; they meet
 * in PostgreSQL, so they can be in one process or in several.
 * Deliberately not here: any logic of the parts.
 * Start with ingest.ts.
 */
export { startApiRole } from "./api.ts";
export { startBackfillRole } from "./backfill.ts";
export { startBackups } from "./backups.ts";
export { startIngestRole } from "./ingest.ts";
export type { RoleDeps, RunningRole } from "./role.ts";
