import { sql } from "kysely";
import type { Database } from "../../database/schema.ts";

/** So many in a row are free; after each more one has to wait, twice as long each time. */
const FREE = 5;
const FIRST_WAIT_SECONDS = 30;
const LONGEST_WAIT_SECONDS = 3_600;
/** Whoever tries no more for so long begins anew. */
const FORGOTTEN_AFTER_SECONDS = 86_400;

type Tried = { readonly account: string; readonly address: string };

/**
 * Counts an attempt before its password is looked at, so that many at once are counted as well.
 * @returns seconds to wait, 0 where it may go on
 */
export async function countAttempt(db: Database, { account, address }: Tried): Promise<number> {
  const wait = sql`least(${LONGEST_WAIT_SECONDS}::double precision,
    CASE WHEN attempts + 1 < ${FREE}::integer THEN 0
      ELSE ${FIRST_WAIT_SECONDS}::double precision * power(2, least(attempts + 1 - ${FREE}::integer, 20)) END)`;
  const had = sql`CASE
    WHEN sign_in_attempts.next_at < clock_timestamp() - make_interval(secs => ${FORGOTTEN_AFTER_SECONDS}) THEN 0
    ELSE sign_in_attempts.attempts END`;
  const { rows } = await sql<{ allowed: boolean }>`
    INSERT INTO sign_in_attempts (account, address, attempts, next_at)
    VALUES (${account}, ${address}, 1, clock_timestamp())
    ON CONFLICT (account, address) DO UPDATE SET
      attempts = ${had} + 1,
      next_at = clock_timestamp() + make_interval(secs => (SELECT ${wait} FROM (SELECT ${had} AS attempts) AS had))
    WHERE sign_in_attempts.next_at <= clock_timestamp()
    RETURNING true AS allowed`.execute(db);
  if (rows.length > 0) return 0;
  const row = await db
    .selectFrom("sign_in_attempts")
    .select(sql<number>`ceil(extract(epoch FROM next_at - clock_timestamp()))::integer`.as("seconds"))
    .where("account", "=", account)
    .where("address", "=", address)
    .executeTakeFirst();
  return Math.max(1, row?.seconds ?? 1);
}

/** It worked: the next begin anew. */
export async function forgetAttempts(db: Database, { account, address }: Tried): Promise<void> {
  await db.deleteFrom("sign_in_attempts").where("account", "=", account).where("address", "=", address).execute();
}

/** Those that count for nothing any more. */
export async function forgetOldAttempts(db: Database): Promise<void> {
  await db
    .deleteFrom("sign_in_attempts")
    .where("next_at", "<", sql<Date>`clock_timestamp() - make_interval(secs => ${FORGOTTEN_AFTER_SECONDS})`)
    .execute();
}
