import { type Kysely, sql } from "kysely";
import type { Database, Tables } from "../../database/schema.ts";
import { appendAudit, type AuditEntry } from "../audit-entries.ts";
import { countedUse, counting, type HourlyUse, useOf, type UseRow } from "./hourly-use.ts";
import { type Entrance, holdEntrance } from "./entrances.ts";
import { type Person, personColumns, personOf } from "./person.ts";

export type ApiKey = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
  /** Of this key alone; `null`: as much as its person may. */
  readonly requestsPerHour: number | null;
  /** Whether another has taken its place; it goes on until it ends. */
  readonly isReplaced: boolean;
};

type NewKey = Pick<ApiKey, "id" | "name" | "prefix" | "scopes" | "expiresAt" | "requestsPerHour"> & {
  readonly of: Entrance;
  readonly hash: Buffer;
};

/** What is written down of a change, with it. */
type Audited = { readonly audit: AuditEntry };

/** A person has at most so many that still count. "closed": they were thrown out since they asked. */
export async function saveKey(
  db: Database,
  key: NewKey & Audited,
  most: number,
): Promise<"saved" | "no-room" | "closed"> {
  return db.transaction().execute(async (trx) => {
    if (!(await holdEntrance(trx, key.of))) return "closed";
    if ((await countKeys(trx, key.of.id)) >= most) return "no-room";
    await insertKey(trx, key);
    await appendAudit(trx, key.audit);
    return "saved";
  });
}

type Replacing = Pick<NewKey, "id" | "of" | "prefix" | "hash"> &
  Audited & {
    readonly oldId: string;
    /** In which both count. */
    readonly overlapSeconds: number;
    /** So many may count at the same time. */
    readonly most: number;
  };

/**
 * A new key in the place of one that still counts, for as long as that was made for. The other goes on for a while, so
 * that programs can change over.
 * `undefined`: there is no such key, or it has a successor. "no-room": with both there would be too many.
 * "closed": as of a new one.
 */
export async function replaceKey(
  db: Database,
  { oldId, overlapSeconds, most, audit, ...fresh }: Replacing,
): Promise<ApiKey | "no-room" | "closed" | undefined> {
  return db.transaction().execute(async (trx) => {
    const personId = fresh.of.id;
    if (!(await holdEntrance(trx, fresh.of))) return "closed";
    const old = await trx
      .selectFrom("api_keys")
      .select(["name", "scopes", "created_at", "expires_at", "requests_per_hour as requestsPerHour"])
      .where("id", "=", oldId)
      .where("person_id", "=", personId)
      .where("revoked_at", "is", null)
      // Replaced twice, it would have two successors.
      .where("replaced_at", "is", null)
      .where("expires_at", ">", sql<Date>`now()`)
      .executeTakeFirst();
    if (old === undefined) return undefined;
    const staying = (await countKeys(trx, personId)) - (overlapSeconds === 0 ? 1 : 0);
    if (staying >= most) return "no-room";
    const until = sql<Date>`least(expires_at, now() + make_interval(secs => ${overlapSeconds}))`;
    await trx
      .updateTable("api_keys")
      .set({ expires_at: until, replaced_at: sql<Date>`now()` })
      .where("id", "=", oldId)
      .execute();
    const { name, scopes, requestsPerHour } = old;
    const createdAt = new Date();
    const expiresAt = new Date(createdAt.getTime() + old.expires_at.getTime() - old.created_at.getTime());
    await insertKey(trx, { ...fresh, name, scopes, expiresAt, requestsPerHour });
    await appendAudit(trx, audit);
    const { id, prefix } = fresh;
    return { id, prefix, expiresAt, name, scopes, requestsPerHour, createdAt, lastUsedAt: null, isReplaced: false };
  });
}

/** Those that count, also beside their successors. */
async function countKeys(trx: Kysely<Tables>, personId: string): Promise<number> {
  const { standing } = await trx
    .selectFrom("api_keys")
    .select(sql<number>`count(*)::integer`.as("standing"))
    .where("person_id", "=", personId)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", sql<Date>`now()`)
    .executeTakeFirstOrThrow();
  return standing;
}

/** Those that still count, the newest first. */
export async function listKeys(db: Database, personId: string): Promise<readonly ApiKey[]> {
  return db
    .selectFrom("api_keys")
    .select(["id", "name", "prefix", "scopes", "requests_per_hour as requestsPerHour"])
    .select(sql<boolean>`replaced_at IS NOT NULL`.as("isReplaced"))
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

export type KeyUse = HourlyUse & {
  readonly person: Person;
  readonly keyId: string;
  readonly scopes: readonly string[];
};

/** Whose key it is, while it counts; the use is counted for all processes together. */
export async function useKey(db: Database, hash: Buffer): Promise<KeyUse | undefined> {
  type Row = UseRow & Pick<KeyUse, "keyId" | "scopes"> & Parameters<typeof personOf>[0];
  const columns = sql.join(personColumns.map((name) => sql.ref(name)));
  const { rows } = await sql<Row>`
    WITH found AS (
      SELECT api_keys.id AS "keyId", 'key ' || api_keys.id AS "keyName", requests_per_hour AS "keyQuota", scopes, ${columns}
      FROM api_keys JOIN people ON people.id = person_id
      WHERE hash = ${hash} AND revoked_at IS NULL AND expires_at > now() AND NOT blocked
    ), touched AS (
      UPDATE api_keys SET last_used_at = now() FROM found
      WHERE api_keys.id = found."keyId" AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
    ), ${counting} ${countedUse}`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { keyId, scopes } = row;
  return { ...useOf(row), keyId, scopes, person: personOf(row) };
}

/** Hours that are over count for nobody. */
export async function forgetUsage(db: Database): Promise<void> {
  await db
    .deleteFrom("usage_counts")
    .where("hour", "<", sql<Date>`now() - interval '1 day'`)
    .execute();
}

async function insertKey(trx: Kysely<Tables>, key: NewKey): Promise<void> {
  const { id, of, name, prefix, hash, scopes, expiresAt, requestsPerHour } = key;
  const row = { id, person_id: of.id, name, prefix, hash, scopes: [...scopes], expires_at: expiresAt };
  await trx
    .insertInto("api_keys")
    .values({ ...row, requests_per_hour: requestsPerHour })
    .execute();
}
