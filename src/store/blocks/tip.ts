import type { BlockHash } from "#bitcoin";
import { blockHashOfColumn } from "../database/hash-column.ts";
import type { Database } from "../database/schema.ts";

export type Tip = {
  readonly height: number;
  readonly hash: BlockHash;
  readonly time: number;
  readonly connected: boolean;
};

/** The highest block that is stored: the cursor's where there is a chain, else the highest of a set. */
export async function getTip(db: Database): Promise<Tip | undefined> {
  const row = await db
    .selectFrom("block_headers")
    .select(["height", "hash", "time", "connected"])
    .orderBy("connected", "desc")
    .orderBy("height", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && { height: row.height, hash: blockHashOfColumn(row.hash), time: row.time, connected: row.connected };
}
