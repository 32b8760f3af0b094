import type { Transaction } from "kysely";
import { blockHashOfColumn, bytesOf } from "../database/hash-column.ts";
import type { Database, Tables } from "../database/schema.ts";
import { notTip } from "../errors.ts";
import { retractBlock } from "../published/retract-block.ts";
import { eventBlockOf, featuresOfRow } from "./block-rows.ts";
import { type BlockPlace, clearCursor, lockCursor, moveCursor } from "./cursor.ts";

/** Undoes the stored tip: its rows go, the cursor moves to its parent, and what it let us say is retracted. */
export async function rollBack(db: Database, block: BlockPlace): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const tip = await lockCursor(trx);
    if (tip?.hash !== block.hash || tip.height !== block.height) throw notTip(tip, block);
    const { prevHash, features } = await getTipRows(trx, block);
    if (block.height === 0) await clearCursor(trx);
    else await moveCursor(trx, { height: block.height - 1, hash: prevHash });
    await trx.deleteFrom("block_headers").where("hash", "=", bytesOf(block.hash)).execute();
    await retractBlock(trx, eventBlockOf(block.hash, tip.time, features));
  });
}

async function getTipRows(trx: Transaction<Tables>, block: BlockPlace) {
  const row = await trx
    .selectFrom("block_features")
    .innerJoin("block_headers", "block_headers.hash", "block_features.blockhash")
    .selectAll("block_features")
    .select("block_headers.prev_hash")
    .where("block_features.blockhash", "=", bytesOf(block.hash))
    .executeTakeFirstOrThrow();
  const { prev_hash: prevHash, ...features } = row;
  return { prevHash: blockHashOfColumn(prevHash), features: featuresOfRow(features) };
}
