import { sql } from "kysely";
import type { Database } from "../../database/schema.ts";
import { type Entrance, holdEntrance } from "./entrances.ts";
import { appendAudit, type AuditEntry } from "../audit-entries.ts";

/** No code is asked for any more, and what codes were computed from is gone; not of whoever was thrown out since. */
export async function endSecondFactor(
  db: Database,
  { of, audit }: { readonly of: Entrance; readonly audit: AuditEntry },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    if (!(await holdEntrance(trx, of))) return false;
    await trx.deleteFrom("second_factors").where("person_id", "=", of.id).execute();
    const off = { two_factor_enabled: false, updated_at: sql<Date>`now()` };
    await trx.updateTable("people").set(off).where("id", "=", of.id).execute();
    await appendAudit(trx, audit);
    return true;
  });
}
