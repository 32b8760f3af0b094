import { type Kysely, sql } from "kysely";
import type { Database, Tables } from "../../database/schema.ts";
import { findPerson, type Person } from "./people.ts";

export type ApiKey = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
};

type NewKey = Pick<ApiKey, "id" | "name" | "prefix" | "scopes" | "expiresAt"> & {
  readonly personId: string;
  readonly hash: Buffer;
};

/** Whether it was saved: a person has at most so many that still count. */
export async function saveKey(db: Database, key: NewKey, most: number): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    await lockPerson(trx, key.personId);
    const { count } = await trx
      .selectFrom("api_keys")
      .select(sql<number>`count(*)::integer`.as("count"))
      .where("person_id", "=", key.personId)
      .where("revoked_at", "is", null)
      .where("expires_at", ">", sql<Date>`now()`)
      .executeTakeFirstOrThrow();
    if (count >= most) return false;
    await insertKey(trx, key);
    return true;
  });
}

/**
 * A new key in the place of one that still counts, which goes on for a while so that programs can change over.
 * `undefined`: there is no such key.
 */
export async function replaceKey(
  db: Database,
  {
    oldId,
    overlapSeconds,
    ...fresh
  }: Omit<NewKey, "name" | "scopes"> & { readonly oldId: string; readonly overlapSeconds: number },
): Promise<ApiKey | undefined> {
  return db.transaction().execute(async (trx) => {
    await lockPerson(trx, fresh.personId);
    const old = await trx
      .updateTable("api_keys")
      .set({ expires_at: sql<Date>`least(expires_at, now() + make_interval(secs => ${overlapSeconds}))` })
      .where("id", "=", oldId)
      .where("person_id", "=", fresh.personId)
      .where("revoked_at", "is", null)
      .where("expires_at", ">", sql<Date>`now()`)
      .returning(["name", "scopes"])
      .executeTakeFirst();
    if (old === undefined) return undefined;
    await insertKey(trx, { ...fresh, ...old });
    const { id, prefix, expiresAt } = fresh;
    return { id, prefix, expiresAt, ...old, createdAt: new Date(), lastUsedAt: null };
  });
}

/** Those that still count, the newest first. */
export async function listKeys(db: Database, personId: string): Promise<readonly ApiKey[]> {
  return db
    .selectFrom("api_keys")
    .select(["id", "name", "prefix", "scopes"])
    .select(["created_at as createdAt", "expires_at as expiresAt", "last_used_at as lastUsedAt"])
    .where("person_id", "=", personId)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", sql<Date>`now()`)
    .orderBy("created_at", "desc")
    .execute();
}

/** Whether there was such a key; it counts no more, anywhere, from now on. */
export async function revokeKey(
  db: Database,
  { personId, keyId }: { readonly personId: string; readonly keyId: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("api_keys")
    .set({ revoked_at: sql<Date>`now()` })
    .where("id", "=", keyId)
    .where("person_id", "=", personId)
    .where("revoked_at", "is", null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

export type KeyUse = {
  readonly person: Person;
  readonly keyId: string;
  readonly scopes: readonly string[];
  /** What this person's keys asked for in the present hour, this use among it. */
  readonly used: number;
  /** Until the next hour begins. */
  readonly resetSeconds: number;
};

/** Whose key it is, while it counts; the use is counted for all processes together. */
export async function useKey(db: Database, hash: Buffer): Promise<KeyUse | undefined> {
  const { rows } = await sql<Omit<KeyUse, "person"> & { personId: string }>`
    WITH found AS (
      SELECT api_keys.id, scopes, person_id FROM api_keys JOIN people ON people.id = person_id
      WHERE hash = ${hash} AND revoked_at IS NULL AND expires_at > now() AND NOT blocked
    ), touched AS (
      UPDATE api_keys SET last_used_at = now() FROM found
      WHERE api_keys.id = found.id AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
    ), counted AS (
      INSERT INTO usage_counts (name, hour, used) SELECT person_id, date_trunc('hour', now()), 1 FROM found
      ON CONFLICT (name, hour) DO UPDATE SET used = usage_counts.used + 1 RETURNING used
    )
    SELECT found.id AS "keyId", scopes, person_id AS "personId", used,
      ceil(extract(epoch FROM date_trunc('hour', now()) + interval '1 hour' - now()))::integer AS "resetSeconds"
    FROM found, counted`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { personId, ...use } = row;
  const person = await findPerson(db, personId);
  return person && { ...use, person };
}

/** Two at once would each find room for one more. */
async function lockPerson(trx: Kysely<Tables>, personId: string): Promise<void> {
  await trx.selectFrom("people").select("id").where("id", "=", personId).forUpdate().execute();
  // Hours that are over count for nobody.
  await trx
    .deleteFrom("usage_counts")
    .where("hour", "<", sql<Date>`now() - interval '1 day'`)
    .execute();
}

async function insertKey(trx: Kysely<Tables>, key: NewKey): Promise<void> {
  const { id, personId, name, prefix, hash, scopes, expiresAt } = key;
  await trx
    .insertInto("api_keys")
    .values({ id, person_id: personId, name, prefix, hash, scopes, expires_at: expiresAt })
    .execute();
}
