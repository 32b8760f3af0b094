import { sql } from "kysely";
import { dropPartition } from "../database/drop-partition.ts";
import { listPartitions } from "../database/partitions.ts";
import type { Database } from "../database/schema.ts";

/** Nobody who asks for events is kept waiting longer by a partition that goes; then it goes the next time. */
const LOCK_MS = 2_000;

/**
 * Drops partitions of events of which the newest is older than so many days, one after the other; that of the newest
 * events stays. Returns how many went. Who asks for what is gone is told from when on events are kept.
 */
export async function dropOldEvents(
  db: Database,
  { days, signal }: { readonly days: number; readonly signal: AbortSignal },
): Promise<number> {
  const partitions = await listPartitions(db, "events");
  let dropped = 0;
  for (const { name } of partitions.slice(0, -1)) {
    if (signal.aborted || !(await isOld(db, name, days))) return dropped;
    if (!(await dropPartition(db, { table: "events", name, waitMs: LOCK_MS }))) return dropped;
    dropped += 1;
  }
  return dropped;
}

/** One that is empty is. */
async function isOld(db: Database, name: string, days: number): Promise<boolean> {
  const { rows } = await sql<{ old: boolean }>`
    SELECT coalesce((SELECT at FROM ${sql.table(name)} ORDER BY id DESC LIMIT 1)
      < clock_timestamp() - make_interval(days => ${days}), true) AS old`.execute(db);
  return rows[0]?.old ?? false;
}
