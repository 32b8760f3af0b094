import { sql, type Transaction } from "kysely";
import { codeOf } from "#lib";
import type { Database, Tables } from "./schema.ts";

/** PostgreSQL's code for a lock that did not come in time. */
const LOCK_NOT_AVAILABLE = "55P03";

type Dropped = {
  readonly table: string;
  readonly name: string;
  readonly waitMs: number;
  /** In the same transaction. */
  readonly before?: (trx: Transaction<Tables>) => Promise<void>;
};

/**
 * Takes a partition away from its table, and what it holds with it. Who reads the table is kept waiting for no longer than
 * the time that is named; where somebody reads it for longer, such as a dump, it stays: `false`, to be tried again.
 */
export async function dropPartition(db: Database, { table, name, waitMs, before }: Dropped): Promise<boolean> {
  try {
    await db.transaction().execute(async (trx) => {
      await before?.(trx);
      await sql`SET LOCAL lock_timeout = ${sql.lit(waitMs)}`.execute(trx);
      await sql`ALTER TABLE ${sql.table(table)} DETACH PARTITION ${sql.table(name)}`.execute(trx);
      await sql`DROP TABLE ${sql.table(name)}`.execute(trx);
    });
    return true;
  } catch (error) {
    if (codeOf(error) === LOCK_NOT_AVAILABLE) return false;
    throw error;
  }
}
