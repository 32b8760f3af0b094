import { type Kysely, sql } from "kysely";
import type { Database, Tables } from "../../database/schema.ts";
import { appendAudit, type AuditEntry } from "../audit-entries.ts";
import { closeEntrances, type Entrance, holdEntrance, type Method } from "./entrances.ts";

/** The library's name of the password among the ways to sign in. */
const PASSWORD = "credential";

export type StoredMethod = { readonly id: string; readonly provider: string; readonly createdAt: Date };

/** Whether there is a password that opens the account. */
export async function hasPassword(db: Database, personId: string): Promise<boolean> {
  const methods = db.selectFrom("sign_in_methods").select("account_id").where("person_id", "=", personId);
  return (await methods.where("provider_id", "=", PASSWORD).executeTakeFirst()) !== undefined;
}

/** Others whose word opens the account, the oldest first. */
export async function listMethods(db: Kysely<Tables>, personId: string): Promise<readonly StoredMethod[]> {
  return db
    .selectFrom("sign_in_methods")
    .select(["id", "provider_id as provider", "created_at as createdAt"])
    .where("person_id", "=", personId)
    .where("provider_id", "!=", PASSWORD)
    .orderBy("created_at")
    .execute();
}

type Linking = Method & { readonly id: string; readonly personId: string; readonly audit: AuditEntry };

export async function linkMethod(trx: Kysely<Tables>, linking: Linking): Promise<void> {
  const { id, personId, provider, subject, audit } = linking;
  const row = { id, person_id: personId, provider_id: provider, account_id: subject };
  await trx.insertInto("sign_in_methods").values(row).execute();
  await appendAudit(trx, audit);
}

/** One that nobody got to use. */
export async function dropMethod(
  db: Database,
  { personId, provider, subject }: Method & { readonly personId: string },
): Promise<void> {
  const methods = db.deleteFrom("sign_in_methods").where("person_id", "=", personId);
  await methods.where("provider_id", "=", provider).where("account_id", "=", subject).execute();
}

/** Nobody's word opens the account any more. */
export async function dropMethods(trx: Kysely<Tables>, personId: string): Promise<void> {
  await trx
    .deleteFrom("sign_in_methods")
    .where("person_id", "=", personId)
    .where("provider_id", "!=", PASSWORD)
    .execute();
}

type Removing = {
  readonly of: Entrance;
  readonly kind: "method" | "passkey";
  readonly id: string;
  readonly audit: AuditEntry;
};

/**
 * It opens the account no more, nor does what is being opened by it. "last": nothing else would. `undefined`: they have
 * none such, or were thrown out since.
 */
export async function removeWay(
  db: Database,
  { of, kind, id, audit }: Removing,
): Promise<"removed" | "last" | undefined> {
  return db.transaction().execute(async (trx) => {
    if (!(await holdEntrance(trx, of))) return undefined;
    const ways = await listWays(trx, of.id);
    if (!ways.some((way) => way.id === id && way.kind === kind)) return undefined;
    if (ways.length === 1) return "last";
    await closeEntrances(trx, of.id);
    const table = kind === "method" ? "sign_in_methods" : "passkeys";
    await trx.deleteFrom(table).where("id", "=", id).execute();
    await appendAudit(trx, audit);
    return "removed";
  });
}

/** All that opens the account but links that are mailed. */
async function listWays(trx: Kysely<Tables>, personId: string) {
  const { rows } = await sql<{ id: string; kind: "password" | "method" | "passkey" }>`
    SELECT id, CASE provider_id WHEN ${PASSWORD} THEN 'password' ELSE 'method' END AS kind
    FROM sign_in_methods WHERE person_id = ${personId}
    UNION ALL SELECT id, 'passkey' FROM passkeys WHERE person_id = ${personId}`.execute(trx);
  return rows;
}
