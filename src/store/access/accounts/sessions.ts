import { type Kysely, sql } from "kysely";
import type { Database, Tables } from "../../database/schema.ts";
import { appendAudit, type AuditEntry } from "../audit-entries.ts";
import { countedUse, counting, type HourlyUse, useOf, type UseRow } from "./hourly-use.ts";
import { type Person, personColumns, personOf } from "./person.ts";
import { closeEntrances } from "./entrances.ts";
import { revokeAll } from "./revoke-all.ts";

export type StoredSession = {
  readonly id: string;
  readonly createdAt: Date;
  /** To five minutes. */
  readonly usedAt: Date;
  readonly expiresAt: Date;
  readonly address: string | null;
  readonly userAgent: string | null;
};

type FoundSession = { readonly sessionId: string; readonly person: Person };

const columns = sql.join(personColumns.map((name) => sql.ref(name)));

/** How often the use of a session is written down. */
const touched = sql`
  UPDATE sessions SET used_at = now() FROM found
  WHERE sessions.id = found."sessionId" AND sessions.used_at < now() - interval '5 minutes'`;

/** Whose session it is, while it lasts and its person is not kept out. */
export async function findBySession(db: Database, token: string): Promise<FoundSession | undefined> {
  const { rows } = await sql<{ sessionId: string } & Parameters<typeof personOf>[0]>`
    WITH found AS (
      SELECT lasting_sessions.id AS "sessionId", ${columns} FROM lasting_sessions JOIN people ON people.id = person_id
      WHERE token = ${token} AND NOT blocked
    ), touched AS (${touched})
    SELECT * FROM found`.execute(db);
  const [row] = rows;
  return row && { sessionId: row.sessionId, person: personOf(row) };
}

/**
 * The same by the session's name, which is no secret, for a program that shows a token of it, while what renews that
 * lasts; the use is counted for all processes together, with that of its person's keys.
 */
export async function useSession(
  db: Database,
  { id, family }: { readonly id: string; readonly family: string },
): Promise<(FoundSession & HourlyUse) | undefined> {
  const { rows } = await sql<UseRow & Parameters<typeof personOf>[0]>`
    WITH found AS (
      SELECT lasting_sessions.id AS "sessionId", NULL::text AS "keyName", NULL::integer AS "keyQuota", ${columns}
      FROM lasting_sessions JOIN people ON people.id = person_id
      WHERE lasting_sessions.id = ${id} AND NOT blocked
        AND EXISTS (SELECT FROM refresh_tokens WHERE family = ${family} AND session_id = lasting_sessions.id)
    ), touched AS (${touched}), ${counting} ${countedUse}`.execute(db);
  const [row] = rows;
  return row && { sessionId: id, person: personOf(row), ...useOf(row) };
}

/** The newest first. */
export async function listSessions(db: Database, personId: string): Promise<readonly StoredSession[]> {
  const rows = await db
    .selectFrom("lasting_sessions")
    .select(["id", "created_at", "used_at", "expires_at", "ip_address", "user_agent"])
    .where("person_id", "=", personId)
    .orderBy("created_at", "desc")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    createdAt: row.created_at,
    usedAt: row.used_at,
    expiresAt: row.expires_at,
    address: row.ip_address,
    userAgent: row.user_agent,
  }));
}

type Ending = {
  readonly personId: string;
  /** This one alone. */
  readonly sessionId?: string;
  /** Whether keys, passkeys and the word of others end with them. */
  readonly withKeys?: boolean;
  readonly audit: AuditEntry;
};

/** Ends one session of a person, or all of them; how many ended. */
export async function endSessions(
  db: Database,
  { personId, sessionId, withKeys = false, audit }: Ending,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    if (sessionId === undefined) await closeEntrances(trx, personId);
    if (withKeys) await revokeAll(trx, personId);
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

/** Those that have ended, and with them where they were opened from. */
export async function forgetSessions(db: Database): Promise<void> {
  await sql`DELETE FROM sessions WHERE id NOT IN (SELECT id FROM lasting_sessions)`.execute(db);
}
