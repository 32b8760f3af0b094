import type { Transaction } from "kysely";
import { byteaOf, bytesOf } from "../database/hash-column.ts";
import type { Database, Tables } from "../database/schema.ts";
import { appendEvents, lockEvents } from "../published/append-events.ts";
import type { StoredInsight, Wording } from "../published/insight-rows.ts";

type Saving = {
  readonly requestId: number;
  readonly insight: Pick<StoredInsight, "id" | "blockHash">;
  readonly wording: Wording;
  readonly tokens: number;
};

/**
 * Publishes a model's text as an update of its insight, which stands as it stood. Returns whether it did: an insight that
 * was retracted, or stands on another block by now, is not what the text is about.
 */
export async function saveWording(db: Database, saving: Saving): Promise<boolean> {
  const { requestId, insight, wording, tokens } = saving;
  return db.transaction().execute(async (trx) => {
    await lockEvents(trx);
    const isCurrent = await publish(trx, insight, wording);
    await trx
      .updateTable("wording_requests")
      .set({ outcome: isCurrent ? "accepted" : "too-late", tokens })
      .where("id", "=", requestId)
      .execute();
    return isCurrent;
  });
}

async function publish(
  trx: Transaction<Tables>,
  { id, blockHash }: Saving["insight"],
  wording: Wording,
): Promise<boolean> {
  const standing = await trx
    .selectFrom("current_insights")
    .select(["status", "status_reason"])
    .where("id", "=", id)
    .where("block_hash", "=", bytesOf(blockHash))
    .where("status", "!=", "retracted")
    .executeTakeFirst();
  if (standing === undefined) return false;
  const { status, status_reason: reason } = standing;
  const draft = { insightId: id, blockHash, status, reason, insight: undefined, published: undefined };
  const eventId = await appendEvents(trx, [{ type: "insight.updated", ...draft }]);
  await trx
    .insertInto("wordings")
    .values({ insight_id: id, block_hash: byteaOf(blockHash), ...wording, event_id: eventId ?? Number.NaN })
    .execute();
  return true;
}
