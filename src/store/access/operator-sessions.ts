import { sql } from "kysely";
import type { Database } from "../database/schema.ts";
import type { StoredSession } from "./accounts/sessions.ts";
import { appendAudit, type AuditEntry } from "./audit-entries.ts";

type Beginning = Pick<StoredSession, "id" | "expiresAt" | "address" | "userAgent"> & { readonly audit: AuditEntry };

export async function beginOperatorSession(db: Database, { audit, ...session }: Beginning): Promise<void> {
  const { id, expiresAt, address, userAgent } = session;
  await db.transaction().execute(async (trx) => {
    const row = { id, expires_at: expiresAt, address, user_agent: userAgent };
    await trx.insertInto("operator_sessions").values(row).execute();
    await appendAudit(trx, audit);
  });
}

/** Whether it lasts; its use is written down. */
export async function useOperatorSession(db: Database, id: string): Promise<boolean> {
  const { rows } = await sql`
    WITH found AS (SELECT id FROM lasting_operator_sessions WHERE id = ${id}), touched AS (
      UPDATE operator_sessions SET used_at = now() FROM found
      WHERE operator_sessions.id = found.id AND operator_sessions.used_at < now() - interval '5 minutes'
    )
    SELECT id FROM found`.execute(db);
  return rows.length > 0;
}

/** Those that last, the newest first. */
export async function listOperatorSessions(db: Database): Promise<readonly StoredSession[]> {
  return db
    .selectFrom("lasting_operator_sessions")
    .select(["id", "created_at as createdAt", "used_at as usedAt", "expires_at as expiresAt"])
    .select(["address", "user_agent as userAgent"])
    .orderBy("created_at", "desc")
    .execute();
}

/** Whether there was one; it is worth nothing from now on, whoever copied its cookie. */
export async function endOperatorSession(
  db: Database,
  { id, audit }: { readonly id: string; readonly audit: AuditEntry },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { numDeletedRows } = await trx.deleteFrom("operator_sessions").where("id", "=", id).executeTakeFirstOrThrow();
    if (numDeletedRows === 1n) await appendAudit(trx, audit);
    return numDeletedRows === 1n;
  });
}

/** Those that have ended, and with them where they were opened from. */
export async function forgetOperatorSessions(db: Database): Promise<void> {
  await sql`DELETE FROM operator_sessions WHERE id NOT IN (SELECT id FROM lasting_operator_sessions)`.execute(db);
}
