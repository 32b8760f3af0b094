import type { Transaction } from "kysely";
import { blockHashOfColumn, bytesOf } from "../database/hash-column.ts";
import type { EventBlock, Tables } from "../database/schema.ts";
import { appendEvents, lockEvents } from "./append-events.ts";
import { retraction } from "./plan-events.ts";

/** Tells that a block has left the chain, and with it what was found in it. Last step of a transaction. */
export async function retractBlock(trx: Transaction<Tables>, block: EventBlock): Promise<void> {
  await lockEvents(trx);
  const live = await trx
    .selectFrom("current_insights")
    .select(["id", "block_hash", "block_height"])
    .where("block_height", "=", block.height)
    .where("block_hash", "=", bytesOf(block.hash))
    .where("status", "!=", "retracted")
    .orderBy("published_event_id")
    .execute();
  const retractions = live.map((row) =>
    retraction({ id: row.id, blockHash: blockHashOfColumn(row.block_hash), height: row.block_height }),
  );
  await appendEvents(trx, [{ type: "block.disconnected", block }, ...retractions]);
}
