import { sql, type Transaction } from "kysely";
import { listPartitions } from "../database/partitions.ts";
import type { Tables } from "../database/schema.ts";

const DAY_SECONDS = 86_400;
const TABLE = "mempool_snapshots";

/** Makes the partition of the moment's day where it is not there yet. */
export async function ensurePartition(trx: Transaction<Tables>, time: number): Promise<void> {
  const day = Math.floor(time / DAY_SECONDS);
  const name = `${TABLE}_${day}`;
  const there = await sql<{ found: boolean }>`SELECT to_regclass(quote_ident(${name})) IS NOT NULL AS found`.execute(
    trx,
  );
  if (there.rows[0]?.found === true) return;
  const [from, to] = [day * DAY_SECONDS, (day + 1) * DAY_SECONDS].map((bound) => sql.lit(bound));
  await sql`CREATE TABLE ${sql.table(name)} PARTITION OF mempool_snapshots FOR VALUES FROM (${from}) TO (${to})`.execute(
    trx,
  );
}

/** Drops every partition that ended so many days before the moment or earlier; nothing is read for it. */
export async function dropOldPartitions(trx: Transaction<Tables>, time: number, days: number): Promise<void> {
  for (const { name, number } of await listPartitions(trx, TABLE)) {
    const end = (number + 1) * DAY_SECONDS;
    if (end <= time - days * DAY_SECONDS) await sql`DROP TABLE ${sql.table(name)}`.execute(trx);
  }
}
