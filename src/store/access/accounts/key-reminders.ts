import { sql } from "kysely";
import type { Database } from "../../database/schema.ts";

export type ExpiringKey = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly expiresAt: Date;
  readonly email: string;
};

/** Keys that end within so many days, of people who want to hear of it and have not; a replaced one needs no words. */
export async function listExpiringKeys(db: Database, days: number): Promise<readonly ExpiringKey[]> {
  return (
    db
      .selectFrom("api_keys")
      .innerJoin("people", "people.id", "api_keys.person_id")
      .select(["api_keys.id", "api_keys.name", "prefix", "api_keys.expires_at as expiresAt", "email"])
      .where("api_keys.expires_at", ">", sql<Date>`now()`)
      .where("api_keys.expires_at", "<", sql<Date>`now() + make_interval(days => ${days})`)
      // One that was made for a few days ends as its person meant it to.
      .where(sql<boolean>`api_keys.expires_at - api_keys.created_at > make_interval(days => ${2 * days})`)
      .where("revoked_at", "is", null)
      .where("replaced_at", "is", null)
      .where("reminded_at", "is", null)
      .where("mail_key_reminders", "=", true)
      .where("blocked", "=", false)
      .limit(100)
      .execute()
  );
}

/** Whether nobody else has told of it: of several processes one does. */
export async function markReminded(db: Database, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("api_keys")
    .set({ reminded_at: sql<Date>`now()` })
    .where("id", "=", id)
    .where("reminded_at", "is", null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}
