import { type Kysely, sql } from "kysely";
import { appendAudit, type AuditEntry } from "../audit-entries.ts";
import type { Database, Tables } from "../../database/schema.ts";
import { closeEntrances } from "./entrances.ts";
import { dropInvitationsOf } from "./invitations.ts";
import { revokeAll } from "./revoke-all.ts";
import { isLastAdmin } from "./last-admin.ts";
import { type Person, personColumns, personOf } from "./person.ts";
import type { PersonRole, Tier } from "./tables.ts";

/** Everybody who has an account, the newest first. */
export async function listPeople(
  db: Database,
  { limit, offset, text }: { readonly limit: number; readonly offset: number; readonly text?: string | undefined },
): Promise<readonly Person[]> {
  const like = `%${(text ?? "").replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const rows = await db
    .selectFrom("people")
    .select(personColumns)
    .$if(text !== undefined, (builder) =>
      builder.where((where) => where.or([where("email", "ilike", like), where("name", "ilike", like)])),
    )
    .orderBy("created_at", "desc")
    .orderBy("id")
    .limit(limit)
    .offset(offset)
    .execute();
  return rows.map(personOf);
}

export async function findPerson(db: Kysely<Tables>, id: string): Promise<Person | undefined> {
  const row = await db.selectFrom("people").select(personColumns).where("id", "=", id).executeTakeFirst();
  return row && personOf(row);
}

export async function hasAdmin(db: Database): Promise<boolean> {
  const where = db.selectFrom("people").select("id").where("role", "=", "admin").where("blocked", "=", false);
  return (await where.limit(1).executeTakeFirst()) !== undefined;
}

/** What may be changed of a person; what is missing stays. */
export type PersonChange = {
  readonly name?: string | undefined;
  readonly timeZone?: string | null | undefined;
  readonly locale?: string | null | undefined;
  readonly mailsKeyReminders?: boolean | undefined;
  readonly role?: PersonRole | undefined;
  readonly tier?: Tier | undefined;
  readonly blocked?: boolean | undefined;
  /** Somebody lost what shows them codes. */
  readonly secondFactor?: false | undefined;
};

/**
 * The person as they are then; `undefined` where there is none, "last-admin" where nobody would be left to administer.
 * Whoever is kept out is signed out as well, and their keys, passkeys, mailed links and the word of others count no more, also once they are let in again.
 */
export async function changePerson(
  db: Database,
  { id, change, audit }: { readonly id: string; readonly change: PersonChange; readonly audit: AuditEntry },
): Promise<Person | "last-admin" | undefined> {
  const { name, timeZone, locale, mailsKeyReminders, role, tier, blocked, secondFactor } = change;
  return db.transaction().execute(async (trx) => {
    const demotes = (role !== undefined && role !== "admin") || blocked === true;
    if (demotes && (await isLastAdmin(trx, id))) return "last-admin";
    const row = await trx
      .updateTable("people")
      .set({
        updated_at: sql<Date>`now()`,
        ...(name !== undefined && { name }),
        ...(timeZone !== undefined && { time_zone: timeZone }),
        ...(locale !== undefined && { locale }),
        ...(mailsKeyReminders !== undefined && { mail_key_reminders: mailsKeyReminders }),
        ...(role !== undefined && { role }),
        ...(tier !== undefined && { tier }),
        ...(blocked !== undefined && { blocked }),
        ...(secondFactor === false && { two_factor_enabled: false }),
      })
      .where("id", "=", id)
      .returning(personColumns)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    // What they gave out while they could would let them, or whom they chose, in again.
    if (demotes) await dropInvitationsOf(trx, id);
    if (blocked === true) {
      await closeEntrances(trx, id);
      await trx.deleteFrom("sessions").where("person_id", "=", id).execute();
      await revokeAll(trx, id);
    }
    if (secondFactor === false) await trx.deleteFrom("second_factors").where("person_id", "=", id).execute();
    await appendAudit(trx, audit);
    return personOf(row);
  });
}
