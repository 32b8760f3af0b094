import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database, Tables } from "../../database/schema.ts";

/** Whoever made an account and never confirmed its address has it no longer than this. */
const WAITED_FOR_DAYS = 7;

/** An account whose address nobody proved gives way to whoever proves it. */
export async function dropUnconfirmed(trx: Kysely<Tables>, email: string): Promise<void> {
  await drop(trx, sql`email = ${email.toLowerCase()}`);
}

export async function forgetUnconfirmed(db: Database): Promise<void> {
  await drop(db, sql`created_at < now() - make_interval(days => ${WAITED_FOR_DAYS})`);
}

/** As of any account that is deleted, the audit log keeps what was done without the addresses it came from. */
async function drop(db: Kysely<Tables>, which: RawBuilder<unknown>): Promise<void> {
  await sql`
    WITH gone AS (DELETE FROM people WHERE NOT email_verified AND ${which} RETURNING id)
    UPDATE audit_entries SET address = NULL, details = details - 'email'
    FROM gone WHERE target = 'person ' || gone.id AND person_id IS NULL`.execute(db);
}
