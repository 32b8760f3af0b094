import { type Kysely, sql } from "kysely";
import type { Database, Tables } from "../../database/schema.ts";
import { appendAudit, type AuditEntry } from "../audit-entries.ts";
import { type Person, personColumns, personOf } from "./people.ts";

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

/** What is written down of a change, with it. */
type Audited = { readonly audit: AuditEntry };

/** Whether it was saved: a person has at most so many that still count. */
export async function saveKey(db: Database, key: NewKey & Audited, most: number): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    await lockPerson(trx, key.personId);
    if ((await countKeys(trx, key.personId)).standing >= most) return false;
    await insertKey(trx, key);
    await appendAudit(trx, key.audit);
    return true;
  });
}

type Replacing = Omit<NewKey, "name" | "scopes"> &
  Audited & {
    readonly oldId: string;
    readonly overlapSeconds: number;
    /** So many may stand, and so many go on for a while beside their successors. */
    readonly most: number;
  };

/**
 * A new key in the place of one that still counts, which goes on for a while so that programs can change over.
 * `undefined`: there is no such key. "too-many": as many go on beside their successors as may be.
 */
export async function replaceKey(
  db: Database,
  { oldId, overlapSeconds, most, audit, ...fresh }: Replacing,
): Promise<ApiKey | "too-many" | undefined> {
  return db.transaction().execute(async (trx) => {
    await lockPerson(trx, fresh.personId);
    const old = await trx
      .selectFrom("api_keys")
      .select(["name", "scopes", "replaced_at"])
      .where("id", "=", oldId)
      .where("person_id", "=", fresh.personId)
      .where("revoked_at", "is", null)
      .where("expires_at", ">", sql<Date>`now()`)
      .executeTakeFirst();
    if (old === undefined) return undefined;
    // Replaced twice, it would have two successors.
    const { standing, leaving } = await countKeys(trx, fresh.personId);
    if (old.replaced_at !== null || standing > most || leaving >= most) return "too-many";
    const until = sql<Date>`least(expires_at, now() + make_interval(secs => ${overlapSeconds}))`;
    await trx
      .updateTable("api_keys")
      .set({ expires_at: until, replaced_at: sql<Date>`now()` })
      .where("id", "=", oldId)
      .execute();
    const { name, scopes } = old;
    await insertKey(trx, { ...fresh, name, scopes });
    await appendAudit(trx, audit);
    const { id, prefix, expiresAt } = fresh;
    return { id, prefix, expiresAt, name, scopes, createdAt: new Date(), lastUsedAt: null };
  });
}

/** Of those that still count: that nothing has replaced, and that go on beside their successors. */
async function countKeys(trx: Kysely<Tables>, personId: string) {
  return trx
    .selectFrom("api_keys")
    .select(sql<number>`(count(*) FILTER (WHERE replaced_at IS NULL))::integer`.as("standing"))
    .select(sql<number>`(count(*) FILTER (WHERE replaced_at IS NOT NULL))::integer`.as("leaving"))
    .where("person_id", "=", personId)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", sql<Date>`now()`)
    .executeTakeFirstOrThrow();
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
  { personId, keyId, audit }: { readonly personId: string; readonly keyId: string } & Audited,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable("api_keys")
      .set({ revoked_at: sql<Date>`now()` })
      .where("id", "=", keyId)
      .where("person_id", "=", personId)
      .where("revoked_at", "is", null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 1n) await appendAudit(trx, audit);
    return numUpdatedRows === 1n;
  });
}

/** How much was asked for by a program. */
export type HourlyUse = {
  /** What this person's keys and tokens asked for in the present hour, this use among it. */
  readonly used: number;
  /** Until the next hour begins. */
  readonly resetSeconds: number;
};

export type KeyUse = HourlyUse & {
  readonly person: Person;
  readonly keyId: string;
  readonly scopes: readonly string[];
};

/** Whose key it is, while it counts; the use is counted for all processes together. */
export async function useKey(db: Database, hash: Buffer): Promise<KeyUse | undefined> {
  type Row = Omit<KeyUse, "person"> & Parameters<typeof personOf>[0];
  const columns = sql.join(personColumns.map((name) => sql.ref(name)));
  const { rows } = await sql<Row>`
    WITH found AS (
      SELECT api_keys.id AS "keyId", scopes, ${columns} FROM api_keys JOIN people ON people.id = person_id
      WHERE hash = ${hash} AND revoked_at IS NULL AND expires_at > now() AND NOT blocked
    ), touched AS (
      UPDATE api_keys SET last_used_at = now() FROM found
      WHERE api_keys.id = found."keyId" AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
    ), counted AS (
      INSERT INTO usage_counts (name, hour, used) SELECT found.id, date_trunc('hour', now()), 1 FROM found
      ON CONFLICT (name, hour) DO UPDATE SET used = usage_counts.used + 1 RETURNING used
    )
    SELECT found.*, used,
      ceil(extract(epoch FROM date_trunc('hour', now()) + interval '1 hour' - now()))::integer AS "resetSeconds"
    FROM found, counted`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { keyId, scopes, used, resetSeconds } = row;
  return { keyId, scopes, used, resetSeconds, person: personOf(row) };
}

/** Two at once would each find room for one more. */
async function lockPerson(trx: Kysely<Tables>, personId: string): Promise<void> {
  await trx.selectFrom("people").select("id").where("id", "=", personId).forUpdate().execute();
}

/** Hours that are over count for nobody. */
export async function forgetUsage(db: Database): Promise<void> {
  await db
    .deleteFrom("usage_counts")
    .where("hour", "<", sql<Date>`now() - interval '1 day'`)
    .execute();
}

async function insertKey(trx: Kysely<Tables>, key: NewKey): Promise<void> {
  const { id, personId, name, prefix, hash, scopes, expiresAt } = key;
  await trx
    .insertInto("api_keys")
    .values({ id, person_id: personId, name, prefix, hash, scopes: [...scopes], expires_at: expiresAt })
    .execute();
}
