import { type Kysely, sql } from "kysely";
import type { Database, Tables } from "../../database/schema.ts";
import { dropLinks } from "./drop-links.ts";
import { type Person, personColumns, personOf } from "./person.ts";

/** Whose account it is, and as of when: another version since then, and what was shown for it counts no more. */
export type Entrance = Pick<Person, "id" | "entranceVersion">;

const entranceColumns = ["people.id", "people.entrance_version as entranceVersion"] as const;

/** Of the account that has the address, before anything is checked. */
export async function findEntrance(db: Kysely<Tables>, email: string): Promise<Entrance | undefined> {
  return db.selectFrom("people").select(entranceColumns).where("email", "=", email.toLowerCase()).executeTakeFirst();
}

/** By what somebody is known elsewhere. */
export type Method = { readonly provider: string; readonly subject: string };

/** Of the account that a provider's word opens: by the subject, or else by the address. */
export async function findEntranceByMethod(
  db: Kysely<Tables>,
  { provider, subject, email }: Method & { readonly email: string },
): Promise<Entrance | undefined> {
  const linked = await db
    .selectFrom("sign_in_methods")
    .innerJoin("people", "people.id", "person_id")
    .select(entranceColumns)
    .where("provider_id", "=", provider)
    .where("account_id", "=", subject)
    .executeTakeFirst();
  return linked ?? findEntrance(db, email);
}

/** Of the account that a passkey opens, by what browsers call it. */
export async function findEntranceByPasskey(db: Kysely<Tables>, credentialId: string): Promise<Entrance | undefined> {
  return db
    .selectFrom("passkeys")
    .innerJoin("people", "people.id", "person_id")
    .select(entranceColumns)
    .where("credential_id", "=", credentialId)
    .executeTakeFirst();
}

/**
 * Whether an account stands as it did when it was read; until the transaction ends it stays so. Whoever opens something
 * asks once it is checked what they may, and whoever is thrown out meanwhile waits, or was before.
 */
export async function holdEntrance(trx: Kysely<Tables>, { id, entranceVersion }: Entrance): Promise<boolean> {
  const row = await trx
    .selectFrom("people")
    .select("id")
    .where("id", "=", id)
    .where("entrance_version", "=", entranceVersion)
    .where("blocked", "=", false)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * What is being opened meanwhile is not, and links that were mailed and sign-ins that wait for a code count no more.
 * First of all in what throws somebody out: what is deleted after it has nothing added to it.
 */
export async function closeEntrances(trx: Kysely<Tables>, personId: string): Promise<void> {
  const raised = { entrance_version: sql<number>`entrance_version + 1` };
  await trx.updateTable("people").set(raised).where("id", "=", personId).execute();
  await dropLinks(trx, personId);
}

/**
 * A session that was just opened by what counted at that version, and is somebody's only then; else it is gone.
 * "kept-out": by whoever is kept out.
 */
export async function admitSession(
  db: Database,
  { token, entranceVersion }: { readonly token: string; readonly entranceVersion: number },
): Promise<{ readonly sessionId: string; readonly person: Person } | "kept-out" | undefined> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom("sessions")
      .innerJoin("people", "people.id", "person_id")
      .select(personColumns)
      .select("sessions.id as sessionId")
      .where("token", "=", token)
      .forNoKeyUpdate("people")
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const person = personOf(row);
    if (!person.blocked && person.entranceVersion === entranceVersion) return { sessionId: row.sessionId, person };
    await trx.deleteFrom("sessions").where("token", "=", token).execute();
    return person.blocked ? "kept-out" : undefined;
  });
}
