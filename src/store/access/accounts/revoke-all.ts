import { type Kysely, sql } from "kysely";
import type { Tables } from "../../database/schema.ts";

/** Keys and passkeys of somebody count no more: they may be whose else. */
export async function revokeAll(trx: Kysely<Tables>, personId: string): Promise<void> {
  await trx
    .updateTable("api_keys")
    .set({ revoked_at: sql<Date>`now()` })
    .where("person_id", "=", personId)
    .where("revoked_at", "is", null)
    .execute();
  await trx.deleteFrom("passkeys").where("person_id", "=", personId).execute();
}
