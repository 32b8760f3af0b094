import type { BlockHash } from "#bitcoin";
import { blockHashOfColumn } from "../database/hash-column.ts";
import type { Database } from "../database/schema.ts";

/** The newest connected blocks with what weighs them, ascending by height: what a reorg may undo. */
export async function listRecentLinks(
  db: Database,
  limit: number,
): Promise<readonly { readonly height: number; readonly hash: BlockHash; readonly bits: number }[]> {
  const rows = await db
    .selectFrom("block_headers")
    .select(["height", "hash", "bits"])
    .where("connected", "=", true)
    .orderBy("height", "desc")
    .limit(limit)
    .execute();
  return rows.map(({ height, hash, bits }) => ({ height, hash: blockHashOfColumn(hash), bits })).reverse();
}
