import { sql, type Transaction } from "kysely";
import { dropPartition } from "../database/drop-partition.ts";
import { listPartitions } from "../database/partitions.ts";
import { noteRetention } from "../measures/retention-runs.ts";
import { NEXT_BLOCK_FEE_RATE } from "./next-block-fee-rate.ts";
import type { Database, Tables } from "../database/schema.ts";

const DAY_SECONDS = 86_400;
const TABLE = "mempool_snapshots";

/** Nobody who reads snapshots is kept waiting longer by a day that goes; then it goes with one of the next snapshots. */
const WAIT_MS = 200;

/**
 * Makes the partition of the moment's day where it is not there yet: beside the table, and joined to it then, which keeps
 * nobody waiting who reads and waits for none of them.
 */
export async function ensurePartition(trx: Transaction<Tables>, time: number): Promise<void> {
  const day = Math.floor(time / DAY_SECONDS);
  const name = `${TABLE}_${day}`;
  const there = await sql<{ found: boolean }>`SELECT to_regclass(quote_ident(${name})) IS NOT NULL AS found`.execute(
    trx,
  );
  if (there.rows[0]?.found === true) return;
  const [from, to] = [day * DAY_SECONDS, (day + 1) * DAY_SECONDS].map((bound) => sql.lit(bound));
  await sql`CREATE TABLE ${sql.table(name)} (LIKE mempool_snapshots INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`.execute(
    trx,
  );
  await sql`ALTER TABLE mempool_snapshots ATTACH PARTITION ${sql.table(name)} FOR VALUES FROM (${from}) TO (${to})`.execute(
    trx,
  );
}

/** Drops every partition that ended so many days before the moment or earlier; the last snapshot of each hour is kept. */
export async function dropOldPartitions(db: Database, time: number, days: number): Promise<void> {
  for (const { name, number } of await listPartitions(db, TABLE)) {
    const isOld = (number + 1) * DAY_SECONDS <= time - days * DAY_SECONDS;
    const before = async (trx: Transaction<Tables>): Promise<void> => {
      await keepHours(trx, name);
      await noteRetention(trx, { family: "mempoolSnapshots", keptDays: days, removed: 1 });
    };
    if (!isOld || !(await dropPartition(db, { table: TABLE, name, waitMs: WAIT_MS, before }))) return;
  }
}

async function keepHours(trx: Transaction<Tables>, name: string): Promise<void> {
  await sql`
    INSERT INTO mempool_hours ("time", count, weight, total_fee, min_fee_rate, histogram, next_block_fee_rate)
    SELECT DISTINCT ON (floor("time" / 3600.0)) "time", count, weight, total_fee, min_fee_rate, histogram, ${NEXT_BLOCK_FEE_RATE}
    FROM ${sql.table(name)} ORDER BY floor("time" / 3600.0), "time" DESC
    ON CONFLICT DO NOTHING`.execute(trx);
}
