import type { Database } from "../database/schema.ts";
import type { EntryPlace } from "./entry.ts";

/** The newest entry of the chain; `undefined` where there is none. */
export async function findHead(db: Database): Promise<EntryPlace | undefined> {
  const row = await db
    .selectFrom("scorecard_entries")
    .select(["seq", "hash"])
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && { seq: row.seq, hash: row.hash.toString("hex") };
}
