import { sql } from "kysely";
import type { Database } from "../database/schema.ts";

/** Whether the code was not used before; from now on it was. Two that come at once are told apart by the key. */
export async function useCode(
  db: Database,
  { nonce, expires }: { readonly nonce: string; readonly expires: Date },
): Promise<boolean> {
  await db
    .deleteFrom("used_codes")
    .where("expires", "<", sql<Date>`clock_timestamp()`)
    .execute();
  const { numInsertedOrUpdatedRows } = await db
    .insertInto("used_codes")
    .values({ nonce, expires })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}
