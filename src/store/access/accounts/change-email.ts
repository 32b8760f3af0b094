import { type Kysely, sql } from "kysely";
import type { Tables } from "../../database/schema.ts";

/** Another address, which is proved. Links that were mailed to the one before count no more. */
export async function changeEmail(
  trx: Kysely<Tables>,
  { id, email }: { readonly id: string; readonly email: string },
): Promise<void> {
  await trx.deleteFrom("verifications").where("value", "=", id).execute();
  const change = { email, email_verified: true, updated_at: sql<Date>`now()` };
  await trx.updateTable("people").set(change).where("id", "=", id).execute();
}
