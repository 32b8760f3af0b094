import type { Kysely, Transaction } from "kysely";
import type { BlockHash } from "#bitcoin";
import { blockHashOfColumn, byteaOf } from "../database/hash-column.ts";
import type { Database, Tables } from "../database/schema.ts";

export type BlockPlace = { readonly height: number; readonly hash: BlockHash };

/** The connected block up to which everything is stored, with its header time in unix seconds. */
export type Cursor = BlockPlace & { readonly time: number };

export async function getCursor(db: Database): Promise<Cursor | undefined> {
  return read(db);
}

/** Locks the row, so that two writers of one chain come one after the other. */
export async function lockCursor(trx: Transaction<Tables>): Promise<Cursor | undefined> {
  await trx.selectFrom("cursor").select("height").forUpdate().execute();
  return read(trx);
}

async function read(db: Kysely<Tables>): Promise<Cursor | undefined> {
  const row = await db
    .selectFrom("cursor")
    .innerJoin("block_headers", "block_headers.hash", "cursor.hash")
    .select(["cursor.height", "cursor.hash", "block_headers.time"])
    .executeTakeFirst();
  return row && { height: row.height, hash: blockHashOfColumn(row.hash), time: row.time };
}

export async function moveCursor(trx: Transaction<Tables>, place: BlockPlace): Promise<void> {
  const row = { height: place.height, hash: byteaOf(place.hash) };
  await trx
    .insertInto("cursor")
    .values(row)
    .onConflict((conflict) => conflict.column("only_row").doUpdateSet(row))
    .execute();
}

/** Nothing is stored any more. */
export async function clearCursor(trx: Transaction<Tables>): Promise<void> {
  await trx.deleteFrom("cursor").execute();
}
