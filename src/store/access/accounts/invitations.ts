import { type Kysely, sql } from "kysely";
import type { Database, Tables } from "../../database/schema.ts";
import { appendAudit, type AuditEntry } from "../audit-entries.ts";
import type { PersonRole } from "./tables.ts";

export type Invitation = {
  readonly id: string;
  readonly email: string;
  readonly role: PersonRole;
  readonly expiresAt: Date;
};

type NewInvitation = {
  readonly tokenHash: Buffer;
  /** An account; null: the operator. */
  readonly invitedBy: string | null;
};

export async function saveInvitation(
  db: Kysely<Tables>,
  { id, email, role, expiresAt, tokenHash, invitedBy }: Invitation & NewInvitation,
): Promise<void> {
  const row = { id, email, role, expires_at: expiresAt, token_hash: tokenHash, invited_by: invitedBy };
  await db.insertInto("invitations").values(row).execute();
}

/** Those that can still be used, the newest first. */
export async function listInvitations(db: Database): Promise<readonly Invitation[]> {
  const rows = await db
    .selectFrom("invitations")
    .select(["id", "email", "role", "expires_at as expiresAt"])
    .where("expires_at", ">", sql<Date>`now()`)
    .orderBy("created_at", "desc")
    .limit(200)
    .execute();
  return rows;
}

export async function findInvitation(db: Database, tokenHash: Buffer): Promise<Invitation | undefined> {
  return db
    .selectFrom("invitations")
    .select(["id", "email", "role", "expires_at as expiresAt"])
    .where("token_hash", "=", tokenHash)
    .where("expires_at", ">", sql<Date>`now()`)
    .executeTakeFirst();
}

/** Who was invited by somebody cannot come any more. */
export async function dropInvitationsOf(trx: Kysely<Tables>, personId: string): Promise<void> {
  await trx.deleteFrom("invitations").where("invited_by", "=", personId).execute();
}

/** Whether it could still be used; there is none from now on. */
export async function useInvitation(db: Kysely<Tables>, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom("invitations").where("id", "=", id).executeTakeFirstOrThrow();
  return numDeletedRows === 1n;
}

/** Whether there was one that could still be used; nobody can from now on. */
export async function withdrawInvitation(
  db: Database,
  { id, audit }: { readonly id: string; readonly audit: AuditEntry },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const withdrawn = await useInvitation(trx, id);
    if (withdrawn) await appendAudit(trx, audit);
    return withdrawn;
  });
}
