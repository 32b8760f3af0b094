import { type Kysely, sql } from "kysely";
import type { Database, Tables } from "../../database/schema.ts";

/** Whoever made an account and never confirmed its address has it no longer than this. */
const WAITED_FOR_DAYS = 7;

/** An account whose address nobody proved gives way to whoever proves it. */
export async function dropUnconfirmed(trx: Kysely<Tables>, email: string): Promise<void> {
  await trx.deleteFrom("people").where("email", "=", email.toLowerCase()).where("email_verified", "=", false).execute();
}

export async function forgetUnconfirmed(db: Database): Promise<void> {
  await db
    .deleteFrom("people")
    .where("email_verified", "=", false)
    .where("created_at", "<", sql<Date>`now() - make_interval(days => ${WAITED_FOR_DAYS})`)
    .execute();
}
