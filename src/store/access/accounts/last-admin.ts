import type { Kysely } from "kysely";
import type { Tables } from "../../database/schema.ts";

/** Whether nobody else could administer. One such question at a time, so that two do not each leave the other. */
export async function isLastAdmin(trx: Kysely<Tables>, id: string): Promise<boolean> {
  const admins = await trx
    .selectFrom("people")
    .select("id")
    .where("role", "=", "admin")
    .where("blocked", "=", false)
    .forUpdate()
    .execute();
  return admins.length === 1 && admins[0]?.id === id;
}
