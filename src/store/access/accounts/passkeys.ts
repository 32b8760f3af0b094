import type { Database } from "../../database/schema.ts";
import { appendAudit, type AuditEntry } from "../audit-entries.ts";

export type Passkey = {
  readonly id: string;
  readonly name: string | null;
  readonly createdAt: Date | null;
  /** Whether it is kept by a service that has it on several devices. */
  readonly backedUp: boolean;
};

/** The newest first. */
export async function listPasskeys(db: Database, personId: string): Promise<readonly Passkey[]> {
  return db
    .selectFrom("passkeys")
    .select(["id", "name", "created_at as createdAt", "backed_up as backedUp"])
    .where("person_id", "=", personId)
    .orderBy("created_at", "desc")
    .execute();
}

/** Whether there was such a passkey; it opens nothing any more. */
export async function removePasskey(
  db: Database,
  { personId, id, audit }: { readonly personId: string; readonly id: string; readonly audit: AuditEntry },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { numDeletedRows } = await trx
      .deleteFrom("passkeys")
      .where("id", "=", id)
      .where("person_id", "=", personId)
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) return false;
    await appendAudit(trx, audit);
    return true;
  });
}
