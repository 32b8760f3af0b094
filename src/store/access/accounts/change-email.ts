import { type Kysely, sql } from "kysely";
import { dropLinks } from "./drop-links.ts";
import type { Tables } from "../../database/schema.ts";

/** Another address, which is proved. Links that were mailed to the one before count no more. */
export async function changeEmail(
  trx: Kysely<Tables>,
  { id, email }: { readonly id: string; readonly email: string },
): Promise<void> {
  await dropLinks(trx, id);
  const change = { email, email_verified: true, updated_at: sql<Date>`now()` };
  await trx.updateTable("people").set(change).where("id", "=", id).execute();
}
