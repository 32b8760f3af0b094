/**
 * Work that waits in a queue (pg-boss, in the database's schema `pgboss`) and is done by any number of processes on any
 * machines: backfill of ranges of blocks, each in a thread of its own.
 * Deliberately not here: what the work is (`ingest`), and the rows that people ask for it by (`#store`'s `backfill`).
 * Start with backfill-workers.ts.
 */
export type { Retention } from "./keep-tidy.ts";
export { type BackfillWorkers, type BackfillWorkersOptions, startBackfillWorkers } from "./backfill-workers.ts";
