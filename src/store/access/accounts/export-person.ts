import type { Database } from "../../database/schema.ts";
import { listKeys } from "./api-keys.ts";
import { listPasskeys } from "./passkeys.ts";
import { listSessions } from "./sessions.ts";

/** All that is kept about a person beside their profile, without what opens the account. */
export async function exportPerson(db: Database, id: string) {
  const [methods, sessions, keys, passkeys, ratings, comments, flags, did] = await Promise.all([
    db
      .selectFrom("sign_in_methods")
      .select(["provider_id as provider", "created_at as createdAt"])
      .where("person_id", "=", id)
      .execute(),
    listSessions(db, id),
    listKeys(db, id),
    listPasskeys(db, id),
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
    db
      .selectFrom("audit_entries")
      .select(["at", "action", "target", "address"])
      .where("person_id", "=", id)
      .orderBy("id")
      .execute(),
  ]);
  return { methods, sessions, keys, passkeys, ratings, comments, flags, did };
}
