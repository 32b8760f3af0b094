import { sql } from "kysely";
import type { Database } from "../../database/schema.ts";
import { doneBy } from "./done-by.ts";
import { listPasskeys } from "./passkeys.ts";
import type { Person } from "./person.ts";
import { listSessions } from "./sessions.ts";

/** All that is kept about a person beside their profile, without what opens the account. */
export async function exportPerson(db: Database, person: Pick<Person, "id" | "email">) {
  const { id, email } = person;
  const [entrances, said, written, sessions, passkeys] = await Promise.all([
    listEntrances(db, id),
    listSaid(db, id),
    listWritten(db, { id, email }),
    listSessions(db, id),
    listPasskeys(db, id),
  ]);
  return { ...entrances, ...said, ...written, sessions, passkeys };
}

/** By what the account is opened, and was, without the secrets. */
async function listEntrances(db: Database, id: string) {
  const [methods, keys, tokens] = await Promise.all([
    db
      .selectFrom("sign_in_methods")
      .select(["provider_id as provider", "account_id as subject", "created_at as createdAt"])
      .where("person_id", "=", id)
      .execute(),
    db
      .selectFrom("api_keys")
      .select(["id", "name", "prefix", "scopes", "requests_per_hour as requestsPerHour"])
      .select(["created_at as createdAt", "expires_at as expiresAt", "last_used_at as lastUsedAt"])
      .select("revoked_at as revokedAt")
      .select(sql<boolean>`replaced_at IS NOT NULL`.as("isReplaced"))
      .where("person_id", "=", id)
      .orderBy("created_at")
      .execute(),
    db
      .selectFrom("refresh_tokens")
      .innerJoin("sessions", "sessions.id", "session_id")
      .select(["session_id as sessionId", sql<number>`count(DISTINCT family)::integer`.as("lines")])
      .where("person_id", "=", id)
      .groupBy("session_id")
      .execute(),
  ]);
  return { methods, keys, tokens };
}

async function listSaid(db: Database, id: string) {
  const [ratings, comments, flags] = await Promise.all([
    db
      .selectFrom("current_ratings")
      .select(["insight_id as insightId", "stars"])
      .where("person_id", "=", id)
      .where("stars", "is not", null)
      .execute(),
    db
      .selectFrom("current_comments")
      .select(["id", "at", "insight_id as insightId", "text", "hidden"])
      .where("person_id", "=", id)
      .orderBy("id")
      .execute(),
    db
      .selectFrom("owned_flags")
      .select(["id", "at", "insight_id as insightId", "reason", "details"])
      .where("person_id", "=", id)
      .orderBy("id")
      .execute(),
  ]);
  return { ratings, comments, flags };
}

/** What was written down of what they did, what was done to them, what was refused them, and how much they asked for. */
async function listWritten(db: Database, { id, email }: Pick<Person, "id" | "email">) {
  const entries = db
    .selectFrom("audit_entries")
    .select(["at", "action", "target", "address", sql<Record<string, unknown>>`details`.as("details")])
    .orderBy("id");
  const [did, done, denials, usage, invitations] = await Promise.all([
    entries.where(doneBy(id)).execute(),
    // Whoever else did it is their affair.
    entries
      .clearSelect()
      .select(["at", "action", "target", sql<null>`NULL`.as("address")])
      .select(sql<Record<string, unknown>>`details`.as("details"))
      .where("target", "=", `person ${id}`)
      .where(sql<boolean>`${doneBy(id)} IS NOT TRUE`)
      .execute(),
    db
      .selectFrom("denials")
      .select(["address", "route", "code", "count", "first_at as firstAt", "last_at as lastAt"])
      .where("person_id", "=", id)
      .orderBy("first_at")
      .execute(),
    listUsage(db, id),
    db
      .selectFrom("invitations")
      .select(["role", "created_at as createdAt", "expires_at as expiresAt"])
      .where("email", "=", email)
      .orderBy("created_at")
      .execute(),
  ]);
  return { did, done, denials, usage, invitations };
}

/** What keys and tokens asked for together, and keys that have a limit of their own. */
async function listUsage(db: Database, id: string) {
  const { rows } = await sql<{ hour: Date; used: number; keyId: string | null }>`
    SELECT hour, used, NULL AS "keyId" FROM usage_counts WHERE name = ${id}
    UNION ALL
    SELECT hour, used, api_keys.id FROM usage_counts JOIN api_keys ON usage_counts.name = 'key ' || api_keys.id WHERE person_id = ${id}
    ORDER BY hour`.execute(db);
  return rows;
}
