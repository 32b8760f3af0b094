import { sql } from "kysely";
import type { Database } from "../../database/schema.ts";
import { appendAudit, type AuditEntry } from "../audit-entries.ts";
import { type Person, personColumns, personOf } from "./person.ts";

type Saving = {
  readonly hash: Buffer;
  readonly family: string;
  readonly sessionId: string;
  readonly audit: AuditEntry;
};

/** The first of its family; whether the session that it renews is still there. */
export async function saveRefreshToken(db: Database, { hash, family, sessionId, audit }: Saving): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { numAffectedRows } = await sql`
      INSERT INTO refresh_tokens (hash, family, session_id)
      SELECT ${hash}, ${family}, id FROM sessions WHERE id = ${sessionId} FOR KEY SHARE`.execute(trx);
    if (numAffectedRows === 1n) await appendAudit(trx, audit);
    return numAffectedRows === 1n;
  });
}

type Using = {
  readonly hash: Buffer;
  /** Of what takes its place. */
  readonly next: Buffer;
  /** For so long a program that missed the answer may ask once more. */
  readonly overlapSeconds: number;
  /** What is written down of a token that is used, or comes back after it was. */
  readonly audit: (person: Person, action: "token.renew" | "token.used-twice") => AuditEntry;
};

/**
 * Whose session it renews, where the session lasts; another takes its place. One that was used before is somebody
 * else's copy, or theirs is: none of its family counts any more. `undefined`: it does not count.
 */
export async function useRefreshToken(db: Database, { hash, next, overlapSeconds, audit }: Using) {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom("refresh_tokens")
      .innerJoin("lasting_sessions", "lasting_sessions.id", "session_id")
      .innerJoin("people", "people.id", "lasting_sessions.person_id")
      .select(personColumns)
      .select(["family", "session_id as sessionId"])
      .select(
        // A successor that was used itself, or that gave way to another, tells that two hold this one.
        sql<boolean>`coalesce(refresh_tokens.used_at < now() - make_interval(secs => ${overlapSeconds}), false) OR EXISTS (
          SELECT FROM refresh_tokens AS later
          WHERE later.family = refresh_tokens.family AND later.used_at > refresh_tokens.used_at)`.as("isUsed"),
      )
      .where("hash", "=", hash)
      .where("people.blocked", "=", false)
      .forUpdate("refresh_tokens")
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const { family, sessionId } = row;
    const person = personOf(row);
    if (row.isUsed) {
      await trx.deleteFrom("refresh_tokens").where("family", "=", family).execute();
      await appendAudit(trx, audit(person, "token.used-twice"));
      return undefined;
    }
    // What an answer that was lost had brought counts no more, and tells of a copy should it come all the same.
    await trx
      .updateTable("refresh_tokens")
      .set({ used_at: sql<Date>`'-infinity'` })
      .where("family", "=", family)
      .where("used_at", "is", null)
      .where("hash", "!=", hash)
      .execute();
    const usedAt = sql<Date>`coalesce(used_at, now())`;
    await trx.updateTable("refresh_tokens").set({ used_at: usedAt }).where("hash", "=", hash).execute();
    await trx.insertInto("refresh_tokens").values({ hash: next, family, session_id: sessionId }).execute();
    await appendAudit(trx, audit(person, "token.renew"));
    return { person, sessionId, family };
  });
}
