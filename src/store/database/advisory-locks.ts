/**
 * PostgreSQL advisory locks are named by two numbers: ours by this first one and a second per purpose.
 * (7853019, 1) is taken by the SQL function `lock_events`, (7853019, 8) by `lock_scorecard`.
 */
export const LOCK_SPACE = 7_853_019;
export const MIGRATIONS_LOCK = 2;
export const INGEST_LOCK = 3;
export const LABELS_LOCK = 7;
export const BACKFILL_LOCK = 9;
export const BACKUP_LOCK = 10;
