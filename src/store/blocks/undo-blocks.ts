import type { Transaction } from "kysely";
import { blockHashOfColumn, bytesOf } from "../database/hash-column.ts";
import type { Tables } from "../database/schema.ts";
import type { EventBlock } from "../published/event-types.ts";
import { notTip } from "../errors.ts";
import { eventBlockOf, featuresOfRow } from "./block-rows.ts";
import { type BlockPlace, clearCursor, lockCursor, moveCursor } from "./cursor.ts";

/** Undoes stored blocks from the tip downwards: their rows go and the cursor moves to the parent of the lowest. */
export async function undoBlocks(
  trx: Transaction<Tables>,
  undone: readonly BlockPlace[],
): Promise<readonly EventBlock[]> {
  const events: EventBlock[] = [];
  for (const block of undone) events.push(await undoTip(trx, block));
  return events;
}

async function undoTip(trx: Transaction<Tables>, block: BlockPlace): Promise<EventBlock> {
  const tip = await lockCursor(trx);
  if (tip?.hash !== block.hash || tip.height !== block.height) throw notTip(tip, block);
  const { parent, features } = await getTipRows(trx, block);
  if (parent === undefined) await clearCursor(trx);
  else await moveCursor(trx, { height: block.height - 1, hash: parent });
  await trx.deleteFrom("block_headers").where("hash", "=", bytesOf(block.hash)).execute();
  return eventBlockOf(block.hash, tip.time, features);
}

/** `parent` is absent where the block is the first that is stored. */
async function getTipRows(trx: Transaction<Tables>, block: BlockPlace) {
  const row = await trx
    .selectFrom("block_features")
    .innerJoin("block_headers", "block_headers.hash", "block_features.blockhash")
    .leftJoin("block_headers as parents", (join) =>
      join.onRef("parents.hash", "=", "block_headers.prev_hash").on("parents.connected", "=", true),
    )
    .selectAll("block_features")
    .select("parents.hash as parent_hash")
    .where("block_features.blockhash", "=", bytesOf(block.hash))
    .executeTakeFirstOrThrow();
  const { parent_hash: parent, ...features } = row;
  return { parent: parent === null ? undefined : blockHashOfColumn(parent), features: featuresOfRow(features) };
}
