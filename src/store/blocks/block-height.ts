import type { BlockHash } from "#bitcoin";
import { bytesOf } from "../database/hash-column.ts";
import type { Database } from "../database/schema.ts";

/** Of a block that is stored, connected or of a set. */
export async function findBlockHeight(db: Database, hash: BlockHash): Promise<number | undefined> {
  const row = await db
    .selectFrom("block_headers")
    .select("height")
    .where("hash", "=", bytesOf(hash))
    .executeTakeFirst();
  return row?.height;
}
