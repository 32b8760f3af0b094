import { type RawBuilder, sql } from "kysely";

/** Under what somebody is known: their account, and each browser that became theirs when they signed in there. */
export function idsOf(id: string): RawBuilder<string[]> {
  return sql`ARRAY(SELECT ${id}::text UNION ALL SELECT person_id FROM feedback_owners WHERE owner = ${id})`;
}

/** Of the audit log: what somebody did, also while they were not signed in, as by a link that was mailed to them. */
export function doneBy(id: string): RawBuilder<boolean> {
  return sql`(person_id = ANY (${idsOf(id)})
    OR target = ${`person ${id}`} AND (role = 'guest' OR action = 'account.create-admin'))`;
}
