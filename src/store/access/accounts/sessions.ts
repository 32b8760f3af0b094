import { type Kysely, sql } from "kysely";
import type { Database, Tables } from "../../database/schema.ts";
import { appendAudit, type AuditEntry } from "../audit-entries.ts";
import type { HourlyUse } from "./api-keys.ts";
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
  const row = await db
    .selectFrom("sessions")
    .innerJoin("people", "people.id", "sessions.person_id")
    .select(personColumns)
    .select("sessions.id as session_id")
    .where("sessions.token", "=", token)
    .where("sessions.expires_at", ">", sql<Date>`now()`)
    .where("people.blocked", "=", false)
    .executeTakeFirst();
  return row && { sessionId: row.session_id, person: personOf(row) };
}

/**
 * The same by the session's name, which is no secret, for a program that shows a token of it; the use is counted for
 * all processes together, with that of its person's keys.
 */
export async function useSession(db: Database, id: string): Promise<(FoundSession & HourlyUse) | undefined> {
  type Row = HourlyUse & Parameters<typeof personOf>[0];
  const columns = sql.join(personColumns.map((name) => sql.ref(name)));
  const { rows } = await sql<Row>`
    WITH found AS (
      SELECT ${columns} FROM sessions JOIN people ON people.id = person_id
      WHERE sessions.id = ${id} AND expires_at > now() AND NOT blocked
    ), counted AS (
      INSERT INTO usage_counts (name, hour, used) SELECT found.id, date_trunc('hour', now()), 1 FROM found
      ON CONFLICT (name, hour) DO UPDATE SET used = usage_counts.used + 1 RETURNING used
    )
    SELECT found.*, used,
      ceil(extract(epoch FROM date_trunc('hour', now()) + interval '1 hour' - now()))::integer AS "resetSeconds"
    FROM found, counted`.execute(db);
  const [row] = rows;
  return row && { sessionId: id, person: personOf(row), used: row.used, resetSeconds: row.resetSeconds };
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
