import type { Insertable } from "kysely";
import type { QuietReason, SignalKind } from "#signals";
import { byteaOf, bytesOf } from "../database/hash-column.ts";
import type { Database, Tables } from "../database/schema.ts";
import type { BlockToSave } from "./block-rows.ts";

export type StoredQuiet = {
  readonly reason: QuietReason;
  readonly sinceHeight: number;
  /** Header time of the first block in which it was so, unix seconds; `null` where that is not stored. */
  readonly sinceTime: number | null;
  readonly detail: string;
  readonly kinds: readonly SignalKind[];
  readonly withheld: readonly SignalKind[];
};

export function quietRows({ header, quiet = [] }: BlockToSave): Insertable<Tables["quiet_blocks"]>[] {
  return quiet.map(({ sinceHeight, ...rest }) => ({
    blockhash: byteaOf(header.hash),
    since_height: sinceHeight,
    ...rest,
  }));
}

/** In which conditions a block is. */
export async function listQuiet(db: Database, blockHash: string): Promise<readonly StoredQuiet[]> {
  const rows = await db
    .selectFrom("quiet_blocks as quiet")
    .leftJoin("block_headers as first", (join) =>
      join.onRef("first.height", "=", "quiet.since_height").on("first.connected", "=", true),
    )
    .select(["quiet.reason", "quiet.since_height", "first.time", "quiet.detail", "quiet.kinds", "quiet.withheld"])
    .where("quiet.blockhash", "=", bytesOf(blockHash))
    .orderBy("quiet.reason")
    .execute();
  return rows.map(({ since_height: sinceHeight, time, ...rest }) => ({ ...rest, sinceHeight, sinceTime: time }));
}
