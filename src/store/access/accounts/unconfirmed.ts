import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database, Tables } from "../../database/schema.ts";

/** Whoever made an account and never confirmed its address has it no longer than this. */
const WAITED_FOR_DAYS = 7;

/** An account whose address nobody proved gives way to whoever proves it, by a request where one is known. */
export async function dropUnconfirmed(
  trx: Kysely<Tables>,
  email: string,
  requestId: string | null = null,
): Promise<void> {
  await drop(trx, sql`email = ${email.toLowerCase()}`, requestId);
}

export async function forgetUnconfirmed(db: Database): Promise<void> {
  await drop(db, sql`created_at < now() - make_interval(days => ${WAITED_FOR_DAYS})`, null);
}

/** As of any account that is deleted, the audit log keeps what was done without the addresses it came from. */
async function drop(db: Kysely<Tables>, which: RawBuilder<unknown>, requestId: string | null): Promise<void> {
  await sql`
    WITH gone AS (DELETE FROM people WHERE NOT email_verified AND ${which} RETURNING id),
    told AS (
      INSERT INTO audit_entries (role, action, target, request_id)
      SELECT 'system', 'account.drop-unconfirmed', 'person ' || id, ${requestId} FROM gone
    ), forgotten AS (DELETE FROM denials USING gone WHERE last_target = 'person ' || gone.id)
    UPDATE audit_entries SET address = NULL, details = details - 'email'
    FROM gone WHERE target = 'person ' || gone.id AND (audit_entries.role = 'guest' OR person_id IS NULL)`.execute(db);
}
