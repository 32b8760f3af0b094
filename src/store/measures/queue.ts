import { sql } from "kysely";
import type { Database } from "../database/schema.ts";

/** Jobs of the queue. */
export type QueueState = {
  readonly waiting: number;
  readonly active: number;
  /** Of the last hour: later they are forgotten. */
  readonly failed: number;
  /** For how long the oldest waits that could be taken, seconds; `null` where none does. */
  readonly oldestWaitingSeconds: number | null;
};

/** `undefined` where no process has made the queue yet. */
export async function readQueue(db: Database): Promise<QueueState | undefined> {
  const { rows } = await sql<{ made: boolean }>`SELECT to_regclass('pgboss.job') IS NOT NULL AS made`.execute(db);
  if (rows[0]?.made !== true) return undefined;
  const counted = await sql<QueueState>`
    SELECT count(*) FILTER (WHERE state IN ('created', 'retry'))::integer AS waiting,
      count(*) FILTER (WHERE state = 'active')::integer AS active,
      count(*) FILTER (WHERE state = 'failed')::integer AS failed,
      extract(epoch FROM statement_timestamp() - min(greatest(created_on, start_after)) FILTER (
        WHERE state IN ('created', 'retry') AND start_after <= statement_timestamp()))::float8 AS "oldestWaitingSeconds"
    FROM pgboss.job WHERE state <> 'completed' AND state <> 'cancelled'`.execute(db);
  return counted.rows[0];
}
