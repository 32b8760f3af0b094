import { type Kysely, sql } from "kysely";
import { closeEntrances } from "./entrances.ts";
import { dropMethods } from "./methods.ts";
import type { Tables } from "../../database/schema.ts";

/**
 * Another address, which is proved. Links that were mailed to the one before count no more, nor does the word of others
 * who knew the account by it.
 */
export async function changeEmail(
  trx: Kysely<Tables>,
  { id, email }: { readonly id: string; readonly email: string },
): Promise<void> {
  await closeEntrances(trx, id);
  await dropMethods(trx, id);
  const change = { email, email_verified: true, updated_at: sql<Date>`now()` };
  await trx.updateTable("people").set(change).where("id", "=", id).execute();
}
