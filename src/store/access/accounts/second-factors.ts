import { sql } from "kysely";
import type { Database } from "../../database/schema.ts";
import { appendAudit, type AuditEntry } from "../audit-entries.ts";

/** No code is asked for any more, and what codes were computed from is gone. */
export async function endSecondFactor(
  db: Database,
  { personId, audit }: { readonly personId: string; readonly audit: AuditEntry },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom("second_factors").where("person_id", "=", personId).execute();
    const off = { two_factor_enabled: false, updated_at: sql<Date>`now()` };
    await trx.updateTable("people").set(off).where("id", "=", personId).execute();
    await appendAudit(trx, audit);
  });
}
