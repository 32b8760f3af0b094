import type { BlockHash } from "#bitcoin";
import { blockHashOfColumn } from "../database/hash-column.ts";
import type { Database } from "../database/schema.ts";

type Link = { readonly height: number; readonly hash: BlockHash; readonly bits: number };

/**
 * The connected block below `height`, from which a source leads on to it: the stored one, or as the lowest stored block
 * names it. None below block 0, and `undefined` where no connected block of this height is stored.
 */
export async function findLinkBelow(db: Database, height: number): Promise<readonly Link[] | undefined> {
  const block = await db
    .selectFrom("block_headers")
    .select(["prev_hash", "bits"])
    .where("connected", "=", true)
    .where("height", "=", height)
    .executeTakeFirst();
  if (block === undefined) return undefined;
  return height === 0 ? [] : [{ height: height - 1, hash: blockHashOfColumn(block.prev_hash), bits: block.bits }];
}
