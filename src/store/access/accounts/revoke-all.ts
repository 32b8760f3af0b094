import { type Kysely, sql } from "kysely";
import type { Tables } from "../../database/schema.ts";
import { dropMethods } from "./methods.ts";

/** Keys, passkeys and the word of others count no more for somebody: they may be whose else. */
export async function revokeAll(trx: Kysely<Tables>, personId: string): Promise<void> {
  await trx
    .updateTable("api_keys")
    .set({ revoked_at: sql<Date>`now()` })
    .where("person_id", "=", personId)
    .where("revoked_at", "is", null)
    .execute();
  await trx.deleteFrom("passkeys").where("person_id", "=", personId).execute();
  await dropMethods(trx, personId);
}
