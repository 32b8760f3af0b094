import { type Kysely, sql } from "kysely";
import type { Database, Tables } from "../../database/schema.ts";
import { appendAudit, type AuditEntry } from "../audit-entries.ts";
import type { Person } from "./people.ts";
import { personColumns, personOf } from "./people.ts";

export type StoredSession = {
  readonly id: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly address: string | null;
  readonly userAgent: string | null;
};

type FoundSession = { readonly sessionId: string; readonly person: Person };

/** Whose session it is, while it lasts and its person is not kept out. */
export async function findBySession(db: Database, token: string): Promise<FoundSession | undefined> {
  return findLasting(db, "sessions.token", token);
}

/** The same by the session's name, which is no secret. */
export async function findBySessionId(db: Database, id: string): Promise<FoundSession | undefined> {
  return findLasting(db, "sessions.id", id);
}

async function findLasting(
  db: Database,
  column: "sessions.token" | "sessions.id",
  value: string,
): Promise<FoundSession | undefined> {
  const row = await db
    .selectFrom("sessions")
    .innerJoin("people", "people.id", "sessions.person_id")
    .select(personColumns)
    .select("sessions.id as session_id")
    .where(column, "=", value)
    .where("sessions.expires_at", ">", sql<Date>`now()`)
    .where("people.blocked", "=", false)
    .executeTakeFirst();
  return row && { sessionId: row.session_id, person: personOf(row) };
}

/** The newest first. */
export async function listSessions(db: Database, personId: string): Promise<readonly StoredSession[]> {
  const rows = await db
    .selectFrom("sessions")
    .select(["id", "created_at", "expires_at", "ip_address", "user_agent"])
    .where("person_id", "=", personId)
    .where("expires_at", ">", sql<Date>`now()`)
    .orderBy("created_at", "desc")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    address: row.ip_address,
    userAgent: row.user_agent,
  }));
}

type Ending = { readonly personId: string; readonly sessionId?: string; readonly audit: AuditEntry };

/** Ends one session of a person, or all of them; how many ended. */
export async function endSessions(db: Database, { personId, sessionId, audit }: Ending): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { numDeletedRows } = await trx
      .deleteFrom("sessions")
      .where("person_id", "=", personId)
      .$if(sessionId !== undefined, (builder) => builder.where("id", "=", sessionId ?? ""))
      .executeTakeFirstOrThrow();
    if (numDeletedRows > 0n) await appendAudit(trx, audit);
    return Number(numDeletedRows);
  });
}

/** All of a person but this one. */
export async function endOtherSessions(db: Kysely<Tables>, sessionId: string, personId: string): Promise<void> {
  await db.deleteFrom("sessions").where("person_id", "=", personId).where("id", "!=", sessionId).execute();
}

/** One that nobody got to use. */
export async function dropSession(db: Database, sessionId: string): Promise<void> {
  await db.deleteFrom("sessions").where("id", "=", sessionId).execute();
}
