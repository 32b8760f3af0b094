import { sql } from "kysely";
import type { Database } from "../../database/schema.ts";
import { appendAudit, type AuditEntry } from "../audit-entries.ts";
import { doneBy, idsOf } from "./done-by.ts";
import { dropLinks } from "./drop-links.ts";
import { isLastAdmin } from "./last-admin.ts";
import type { Person } from "./person.ts";

/**
 * Removes an account with all that belongs to it. What its person said of insights and did stays under an id that
 * stands for nobody any more, without the addresses it came from.
 */
export async function deletePerson(
  db: Database,
  { person: { id, email }, audit }: { readonly person: Person; readonly audit: AuditEntry },
): Promise<"deleted" | "last-admin"> {
  return db.transaction().execute(async (trx) => {
    if (await isLastAdmin(trx, id)) return "last-admin";
    // What others are writing down of them is deleted here, or finds nobody.
    await sql`LOCK TABLE denials IN SHARE ROW EXCLUSIVE MODE`.execute(trx);
    await trx.deleteFrom("invitations").where("email", "=", email).execute();
    await dropLinks(trx, id);
    await sql`
      DELETE FROM usage_counts WHERE name = ${id}
        OR name IN (SELECT 'key ' || id FROM api_keys WHERE person_id = ${id})`.execute(trx);
    await sql`DELETE FROM denials WHERE person_id = ${id} OR last_target LIKE ${`%${id}%`}`.execute(trx);
    await sql`DELETE FROM idempotent_requests WHERE split_part(owner, ' ', 2) = ANY (${idsOf(id)})`.execute(trx);
    await appendAudit(trx, audit);
    await sql`UPDATE audit_entries SET address = NULL, details = details - 'email' WHERE ${doneBy(id)}`.execute(trx);
    // Sessions, keys, passkeys and ways to sign in go with it.
    await trx.deleteFrom("people").where("id", "=", id).execute();
    return "deleted";
  });
}
